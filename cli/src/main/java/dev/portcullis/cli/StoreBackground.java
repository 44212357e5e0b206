package dev.portcullis.cli;

import dev.portcullis.corpus.CaseRunner;

/** The policies of a store or an image. */
interface StoreBackground extends Background {

    /** A runner whose cases are decided against these policies where they want a store. */
    CaseRunner with(CaseRunner runner);
}
