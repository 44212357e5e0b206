package dev.portcullis.benchmarks;

import dev.portcullis.benchmarks.Peer.Owner;
import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/** Principals with what is attached to them, each made anew whenever it is asked for: a hundred thousand of them are gigabytes. */
final class Owners extends AbstractList<Owner> implements RandomAccess {

    private final int size;
    private final IntFunction<Owner> made;

    Owners(int size, IntFunction<Owner> made) {
        this.size = size;
        this.made = made;
    }

    @Override
    public Owner get(int number) {
        return made.apply(number);
    }

    @Override
    public int size() {
        return size;
    }
}
