package dev.portcullis.sidecar.live;

import java.io.IOException;

/** Where versions come from. Used by one thread at a time. */
public interface Source<T> {

    /** Tells two states of the files apart without reading them. */
    String fingerprint() throws IOException;

    /** Reads and checks everything. */
    T load() throws LoadException;
}
