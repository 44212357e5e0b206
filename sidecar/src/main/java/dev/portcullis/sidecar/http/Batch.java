package dev.portcullis.sidecar.http;

/** Work that would hold up an event loop if it were done in one go: done in steps, all by one thread. */
public interface Batch {

    /**
     * Does a little more: microseconds, not milliseconds. What it throws is answered as an internal error.
     *
     * @return whether that was all, and the answer has been sent
     */
    boolean step();

    /** Roughly the memory that it holds, in bytes. */
    long bytes();

    /** Says no to the whole, because there is too much to do. */
    void shed();
}
