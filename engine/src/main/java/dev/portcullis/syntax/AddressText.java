package dev.portcullis.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads IP addresses and blocks as IP operators do (rules L108 to L112). */
public final class AddressText {

    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;
    private static final int V6_GROUPS = 8;

    /** Bits 32 to 47 of an IPv6 address that stands for an IPv4 one. */
    private static final long MAPPED = 0xFFFFL;

    private AddressText() {}

    /**
     * An address of a request.
     *
     * @param v6 whether it is IPv6
     * @param high upper 64 bits; 0 for IPv4
     * @param low lower 64 bits; IPv4 in the lowest 32
     */
    public record Address(boolean v6, long high, long low) {

        private boolean mapped() {
            return v6 && high == 0 && low >>> V4_BITS == MAPPED;
        }
    }

    /**
     * A block of a policy, as it was written.
     *
     * @param base its address, host bits and all
     * @param prefix leading bits that count: 0 to 32, or 0 to 128
     */
    public record Block(Address base, int prefix) {

        /** Whether bits beyond the prefix are set: ignored in IPv4; an IPv6 block with any matches nothing (L110). */
        public boolean hasHostBits() {
            if (!base.v6) {
                return (base.low & ~v4Mask()) != 0;
            }
            return (base.high & ~highMask()) != 0 || (base.low & ~lowMask()) != 0;
        }

        /** Whether it is written as an IPv4 address within IPv6, which matches nothing (rule L112). */
        public boolean isMapped() {
            return base.mapped();
        }

        /** Whether the address lies in the block (rules L108, L110, L112). */
        public boolean contains(Address address) {
            if (base.v6 != address.v6) {
                return false;
            }
            if (!base.v6) {
                return ((base.low ^ address.low) & v4Mask()) == 0;
            }
            return !hasHostBits()
                    && !isMapped()
                    && ((base.high ^ address.high) & highMask()) == 0
                    && ((base.low ^ address.low) & lowMask()) == 0;
        }

        /** Whether every address of the other block lies in this one. */
        public boolean covers(Block other) {
            return prefix <= other.prefix && contains(other.base);
        }

        /** The block as written in CIDR notation without host bits; IPv4 only. */
        String network() {
            long bits = base.low & v4Mask();
            return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF) + "/"
                    + prefix;
        }

        private long v4Mask() {
            return prefix == 0 ? 0 : (-1L << (V4_BITS - prefix)) & 0xFFFF_FFFFL;
        }

        private long highMask() {
            return prefix == 0 ? 0 : prefix >= Long.SIZE ? -1L : -1L << (Long.SIZE - prefix);
        }

        private long lowMask() {
            return prefix <= Long.SIZE ? 0 : -1L << (V6_BITS - prefix);
        }
    }

    /**
     * Reads the address of a request: no prefix; {@code ::ffff:a.b.c.d}, dotted or not, is the IPv4 address. Empty if it
     * is unreadable.
     */
    public static Optional<Address> address(String text) {
        return base(text).map(base -> base.mapped() ? new Address(false, 0, base.low & 0xFFFF_FFFFL) : base);
    }

    /** Reads a block of a policy: an address and, after {@code /}, the prefix length. Empty if it is unreadable. */
    public static Optional<Block> block(String text) {
        int slash = text.indexOf('/');
        Optional<Address> base = base(slash < 0 ? text : text.substring(0, slash));
        if (base.isEmpty()) {
            return Optional.empty();
        }
        int bits = base.get().v6 ? V6_BITS : V4_BITS;
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), bits);
        return prefix < 0 ? Optional.empty() : Optional.of(new Block(base.get(), prefix));
    }

    private static int prefix(String text, int most) {
        return number(text.startsWith("+") ? text.substring(1) : text, most);
    }

    private static Optional<Address> base(String text) {
        int tail = text.lastIndexOf(':') + 1;
        if (tail == 0) {
            return v4(text);
        }
        if (text.indexOf('.') < 0) {
            return v6(text);
        }
        // The one dotted tail that is readable is that of a mapped address (rules L111, L112).
        return v4(text.substring(tail))
                .flatMap(v4 -> v6(text.substring(0, tail) + Long.toHexString(v4.low >>> 16) + ":"
                        + Long.toHexString(v4.low & 0xFFFF)))
                .filter(Address::mapped);
    }

    private static Optional<Address> v4(String text) {
        List<String> parts = split(text, ".");
        if (parts.size() != 4) {
            return Optional.empty();
        }
        long bits = 0;
        for (String part : parts) {
            int number = number(part, 255);
            if (number < 0) {
                return Optional.empty();
            }
            bits = bits << 8 | number;
        }
        return Optional.of(new Address(false, 0, bits));
    }

    // As by splitting at `::` and then at `:`, empty parts at an end dropped, empty parts elsewhere zero (rule L111).
    private static Optional<Address> v6(String text) {
        List<String> halves = split(text, "::");
        if (halves.size() > 2) {
            return Optional.empty();
        }
        List<String> head = groups(halves.get(0));
        List<String> tail = halves.size() == 2 ? groups(halves.get(1)) : List.of();
        int written = head.size() + tail.size();
        if (halves.size() == 2 ? written >= V6_GROUPS : written != V6_GROUPS) {
            return Optional.empty();
        }
        long[] words = new long[2];
        int group = 0;
        for (String part : head) {
            if (!put(words, group++, part)) {
                return Optional.empty();
            }
        }
        group = V6_GROUPS - tail.size();
        for (String part : tail) {
            if (!put(words, group++, part)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Address(true, words[0], words[1]));
    }

    private static List<String> groups(String text) {
        List<String> parts = split(text, ":");
        int size = parts.size();
        while (size > 0 && parts.get(size - 1).isEmpty()) {
            size--;
        }
        return parts.subList(0, size);
    }

    private static boolean put(long[] words, int group, String part) {
        long value = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            int digit = c > 'f' ? -1 : Character.digit(c, 16);
            value = value << 4 | digit;
            if (digit < 0 || value > 0xFFFF) {
                return false;
            }
        }
        words[group / 4] |= value << (48 - 16 * (group % 4));
        return true;
    }

    /** A decimal number, leading zeros and all; -1 if it is none or above {@code most}. */
    private static int number(String text, int most) {
        if (text.isEmpty()) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
            if (value > most) {
                return -1;
            }
        }
        return value;
    }

    private static List<String> split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
            parts.add(text.substring(start, at));
            start = at + separator.length();
        }
        parts.add(text.substring(start));
        return parts;
    }
}
