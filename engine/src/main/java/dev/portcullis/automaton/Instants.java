package dev.portcullis.automaton;

/** Writes instants as {@code aws:CurrentTime} and {@code aws:EpochTime} carry them: in whole seconds, UTC. */
final class Instants {

    /** The last second of the year 1,000,000,000: what lies behind it is no instant. */
    static final long LAST_SECOND = 31_556_889_864_403_199L;

    private static final int DAY = 86_400;
    private static final long DAYS_BEFORE_1970 = 719_468;
    private static final int DAYS_OF_ERA = 146_097;
    private static final int YEARS_OF_ERA = 400;
    private static final int NUMBER_UNITS = 20;

    private Instants() {}

    /** Appends {@code YYYY-MM-DDThh:mm:ssZ}; its start. A year of more than four digits carries its sign (ISO 8601). */
    static int put(long seconds, Frame frame) {
        long days = Math.floorDiv(seconds, (long) DAY);
        int second = (int) Math.floorMod(seconds, (long) DAY);
        // The civil calendar counted from 1 March of the year 0, in eras of 400 years.
        long shifted = days + DAYS_BEFORE_1970;
        long era = Math.floorDiv(shifted, (long) DAYS_OF_ERA);
        int dayOfEra = (int) Math.floorMod(shifted, (long) DAYS_OF_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int march = (5 * dayOfYear + 2) / 153;
        int month = march < 10 ? march + 3 : march - 9;
        int day = dayOfYear - (153 * march + 2) / 5 + 1;
        long year = yearOfEra + era * YEARS_OF_ERA + (month <= 2 ? 1 : 0);
        int start = putYear(year, frame);
        pair('-', month, frame);
        pair('-', day, frame);
        pair('T', second / 3600, frame);
        pair(':', second / 60 % 60, frame);
        pair(':', second % 60, frame);
        frame.put("Z");
        return start;
    }

    private static int putYear(long year, Frame frame) {
        if (year > 9999) {
            int start = frame.put("+");
            putNumber(year, frame);
            return start;
        }
        int start = frame.end;
        if (year < 0) {
            frame.put("-");
        }
        long digits = Math.abs(year);
        for (int least = 1000; least > 1 && digits < least; least /= 10) {
            frame.put("0");
        }
        putNumber(digits, frame);
        return start;
    }

    private static void pair(char before, int number, Frame frame) {
        int at = frame.reserve(3);
        char[] text = frame.text;
        text[at] = before;
        text[at + 1] = (char) ('0' + number / 10);
        text[at + 2] = (char) ('0' + number % 10);
    }

    /** Appends a number in decimal digits, with a minus sign if it has one; its start. */
    static int putNumber(long number, Frame frame) {
        int room = frame.reserve(NUMBER_UNITS);
        char[] text = frame.text;
        int at = room + NUMBER_UNITS;
        // Counted down below zero, where there is room for every long.
        long rest = number < 0 ? number : -number;
        do {
            text[--at] = (char) ('0' - rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (number < 0) {
            text[--at] = '-';
        }
        int length = room + NUMBER_UNITS - at;
        System.arraycopy(text, at, text, room, length);
        frame.end = room + length;
        return room;
    }
}
