package dev.portcullis.compile;

import dev.portcullis.automaton.Code;

/** A {@link Code}, finished or being written. */
interface CodeView {

    long word(int offset);

    int programWord(int offset);

    char unit(int offset);

    /** A finished one. */
    static CodeView of(Code code) {
        return new CodeView() {
            @Override
            public long word(int offset) {
                return code.word(offset);
            }

            @Override
            public int programWord(int offset) {
                return code.programWord(offset);
            }

            @Override
            public char unit(int offset) {
                return code.unit(offset);
            }
        };
    }
}
