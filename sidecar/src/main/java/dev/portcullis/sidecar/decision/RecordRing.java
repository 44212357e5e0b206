package dev.portcullis.sidecar.decision;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/** A bounded queue from one thread to one other, neither of which ever waits. */
final class RecordRing {

    private final AtomicReferenceArray<DecisionRecord> slots;
    private final int mask;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /** @param capacity a power of two */
    RecordRing(int capacity) {
        slots = new AtomicReferenceArray<>(capacity);
        mask = capacity - 1;
    }

    /** Adds a record, unless there is no room. For the one thread that writes. */
    boolean offer(DecisionRecord entry) {
        long at = written.getPlain();
        if (at - read.getAcquire() > mask) {
            return false;
        }
        slots.setPlain((int) at & mask, entry);
        written.setRelease(at + 1);
        return true;
    }

    /** Takes out everything there is. For the one thread that reads. */
    int drain(Consumer<DecisionRecord> to) {
        long from = read.getPlain();
        long end = written.getAcquire();
        for (long at = from; at < end; at++) {
            DecisionRecord entry = slots.getPlain((int) at & mask);
            slots.setPlain((int) at & mask, null);
            read.setRelease(at + 1);
            to.accept(entry);
        }
        return (int) (end - from);
    }
}
