package dev.portcullis.automaton;

import java.util.Arrays;

/**
 * An IP address, or a block of a policy, read as AWS reads it (rules L109 to L112). Reused; one thread.
 *
 * <ul>
 *   <li>IPv4: four decimal parts of 0 to 255, leading zeros fine.
 *   <li>IPv6: split at {@code ::}, then at {@code :}; trailing empty parts are dropped, inner empty parts are 0. A dotted
 *       tail is unreadable unless the address is IPv4-mapped.
 *   <li>An address {@code ::ffff:…} <em>is</em> the IPv4 address (rule L112); in a block it stays what it is.
 * </ul>
 */
public final class Address {

    private static final int PARTS = 8;

    /** 4, 6, or 0 when unreadable. */
    int family;
    /** An IPv6 address's first half. */
    long high;
    /** An IPv6 address's second half, or the IPv4 address. */
    long low;
    /** Prefix length of a block. */
    int prefix;

    /** 4, 6, or 0 when unreadable. */
    public int family() {
        return family;
    }

    /** An IPv6 address's first half. */
    public long high() {
        return high;
    }

    /** An IPv6 address's second half, or the IPv4 address. */
    public long low() {
        return low;
    }

    /** Whether an IPv6 block is written in IPv4-mapped form: it matches nothing (rule L112). */
    public boolean isMappedBlock() {
        return family == 6 && isMapped();
    }

    /** Prefix length of a block. */
    public int prefix() {
        return prefix;
    }

    private final int[] parts = new int[PARTS];
    private boolean dotted;

    /** Reads a request's address; a prefix makes it unreadable (rule L111). */
    public boolean readAddress(char[] text, int from, int to) {
        family = 0;
        if (!read(text, from, to)) {
            return false;
        }
        if (family == 6 && isMapped()) {
            family = 4;
            low &= 0xFFFFFFFFL;
        }
        return true;
    }

    /** Reads a policy's block; without a prefix, /32 or /128 (rule L109). */
    public boolean readBlock(char[] text, int from, int to) {
        family = 0;
        int slash = from;
        while (slash < to && text[slash] != '/') {
            slash++;
        }
        if (!read(text, from, slash)) {
            return false;
        }
        int most = family == 4 ? 32 : 128;
        prefix = slash == to ? most : prefix(text, slash + 1, to, most);
        if (prefix < 0) {
            family = 0;
            return false;
        }
        return true;
    }

    /** A prefix length, {@code 024} and {@code +24} included (rule L111); -1 if there is none. */
    private static int prefix(char[] text, int from, int to, int most) {
        int at = from < to && text[from] == '+' ? from + 1 : from;
        if (at == to) {
            return -1;
        }
        int value = 0;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
            if (value > most) {
                return -1;
            }
        }
        return value;
    }

    private boolean read(char[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (text[at] == ':') {
                return readSix(text, from, to);
            }
        }
        long four = readFour(text, from, to);
        if (four < 0) {
            return false;
        }
        family = 4;
        high = 0;
        low = four;
        return true;
    }

    /** Four decimal parts, or -1. */
    private static long readFour(char[] text, int from, int to) {
        long address = 0;
        int at = from;
        for (int part = 0; part < 4; part++) {
            if (part > 0) {
                if (at == to || text[at] != '.') {
                    return -1;
                }
                at++;
            }
            int first = at;
            int value = 0;
            for (; at < to && text[at] >= '0' && text[at] <= '9'; at++) {
                value = value * 10 + (text[at] - '0');
                if (value > 255) {
                    return -1;
                }
            }
            if (at == first) {
                return -1;
            }
            address = address << 8 | value;
        }
        return at == to ? address : -1;
    }

    private boolean readSix(char[] text, int from, int to) {
        int gap = -1;
        for (int at = from; at + 1 < to; at++) {
            if (text[at] == ':' && text[at + 1] == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = at;
                at++;
            }
        }
        Arrays.fill(parts, 0);
        dotted = false;
        if (gap < 0) {
            return readParts(text, from, to, 0) == PARTS && sixDone();
        }
        int before = readParts(text, from, gap, 0);
        if (before < 0) {
            return false;
        }
        int after = readParts(text, gap + 2, to, before);
        // `::` stands for one part at least.
        if (after < 0 || before + after > PARTS - 1) {
            return false;
        }
        for (int i = after - 1; i >= 0; i--) {
            int part = parts[before + i];
            parts[before + i] = 0;
            parts[PARTS - after + i] = part;
        }
        return sixDone();
    }

    private boolean sixDone() {
        family = 6;
        high = (long) parts[0] << 48 | (long) parts[1] << 32 | (long) parts[2] << 16 | parts[3];
        low = (long) parts[4] << 48 | (long) parts[5] << 32 | (long) parts[6] << 16 | parts[7];
        return !dotted || isMapped();
    }

    private boolean isMapped() {
        return high == 0 && low >>> 32 == 0xFFFF;
    }

    /** Hexadecimal parts into {@code parts[first ..]}; trailing empty ones dropped; a dotted tail gives two; -1: none. */
    private int readParts(char[] text, int from, int to, int first) {
        int end = to;
        while (end > from && text[end - 1] == ':') {
            end--;
        }
        if (end == from) {
            return 0;
        }
        int count = 0;
        int at = from;
        while (first + count < PARTS) {
            int start = at;
            int value = 0;
            for (; at < end && text[at] != ':' && text[at] != '.'; at++) {
                int digit = text[at] < 0x80 ? Character.digit(text[at], 16) : -1;
                value = value << 4 | digit;
                if (digit < 0 || value > 0xFFFF) {
                    return -1;
                }
            }
            if (at < end && text[at] == '.') {
                long four = readFour(text, start, end);
                if (four < 0 || end < to || first + count > PARTS - 2) {
                    return -1;
                }
                dotted = true;
                parts[first + count] = (int) (four >>> 16);
                parts[first + count + 1] = (int) four & 0xFFFF;
                return count + 2;
            }
            parts[first + count++] = value;
            if (at == end) {
                return count;
            }
            at++;
        }
        return -1;
    }
}
