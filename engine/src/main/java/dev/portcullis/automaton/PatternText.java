package dev.portcullis.automaton;

/**
 * What a compiled resource pattern was written as, so that its text need not be kept beside it. Compiling compares with
 * the text and keeps those that come out differently; allocates, for explanations only.
 */
public abstract class PatternText {

    private static final long ACCOUNT_MASK = (1L << Heads.REGION_SHIFT) - 1;
    private static final long FIRST_DIGIT = Heads.OTHER_ACCOUNT / 10;

    /** One int of a program. */
    protected abstract int programWord(int offset);

    /** One unit of the pool. */
    protected abstract char unit(int offset);

    /** A partition by its number, from 0. */
    protected abstract String partition(int number);

    /** A service by its number, from 0. */
    protected abstract String service(int number);

    /** A region by its number, from 0. */
    protected abstract String region(int number);

    /** An account field that isn't 12 digits, by its number, from 0. */
    protected abstract String account(int number);

    /** The text of a pattern by its two words in {@link Code}; null for one that is not to be told from them. */
    public String of(long head, long tail) {
        int kind = (int) (tail >>> 60);
        int offset = (int) tail;
        StringBuilder text = new StringBuilder(64);
        switch (kind) {
            case Code.PATTERN_EXACT, Code.PATTERN_PREFIX -> {
                head(head, tail, text);
                units(offset, (int) (tail >>> 32) & 0x7FFFFF, text);
                return kind == Code.PATTERN_EXACT
                        ? text.toString()
                        : text.append('*').toString();
            }
            case Code.PATTERN_REST -> head(head, tail, text);
            case Code.PATTERN_WHOLE -> {
                // All of it is in the program.
            }
            default -> {
                return null;
            }
        }
        return program(offset, text) ? text.toString() : null;
    }

    private void head(long head, long tail, StringBuilder text) {
        int mask = (int) (tail >>> 56) & 15;
        text.append("arn:");
        text.append((mask & 8) == 0 ? "*" : partition((int) (head >>> Heads.PARTITION_SHIFT) - 1))
                .append(':');
        text.append((mask & 4) == 0 ? "*" : service(Heads.service(head) - 1)).append(':');
        text.append((mask & 2) == 0 ? "*" : region(((int) (head >>> Heads.REGION_SHIFT) & 0xFF) - 1))
                .append(':');
        if ((mask & 1) == 0) {
            text.append('*');
        } else {
            account(head & ACCOUNT_MASK, text);
        }
        text.append(':');
    }

    private void account(long number, StringBuilder text) {
        if (number > Heads.OTHER_ACCOUNT) {
            text.append(account((int) (number - Heads.OTHER_ACCOUNT - 1)));
            return;
        }
        for (long unit = FIRST_DIGIT; unit > 0; unit /= 10) {
            text.append((char) ('0' + number / unit % 10));
        }
    }

    private void units(int start, int length, StringBuilder text) {
        for (int i = 0; i < length; i++) {
            text.append(unit(start + i));
        }
    }

    /** Whether the program is made of nothing but text and wildcards. */
    private boolean program(int offset, StringBuilder text) {
        int at = offset;
        while (true) {
            switch (programWord(at)) {
                case Code.END -> {
                    return true;
                }
                case Code.TEXT -> {
                    units(programWord(at + 1), programWord(at + 2), text);
                    at += 3;
                }
                case Code.ANY, Code.ANY_IN_FIELD -> {
                    text.append('*');
                    at++;
                }
                case Code.ONE, Code.ONE_IN_FIELD -> {
                    text.append('?');
                    at++;
                }
                default -> {
                    return false;
                }
            }
        }
    }

    /** Of a finished code. */
    static PatternText of(Code code, Heads heads) {
        return new OfCode(code, heads);
    }

    private static final class OfCode extends PatternText {

        private final Code code;
        private final Heads heads;

        OfCode(Code code, Heads heads) {
            this.code = code;
            this.heads = heads;
        }

        @Override
        protected int programWord(int offset) {
            return code.programs[offset];
        }

        @Override
        protected char unit(int offset) {
            return code.pool[offset];
        }

        @Override
        protected String partition(int number) {
            return heads.partitionText(number);
        }

        @Override
        protected String service(int number) {
            return heads.serviceText(number);
        }

        @Override
        protected String region(int number) {
            return heads.regionText(number);
        }

        @Override
        protected String account(int number) {
            return heads.accountText(number);
        }
    }
}
