package dev.portcullis.corpus.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An IP address as a number (rules L108 to L112).
 *
 * @param bits 32 for IPv4, 128 for IPv6
 */
record Address(int bits, BigInteger value) {

    /** {@code ::ffff:0:0/96}, where the IPv4 addresses are mapped. */
    private static final BigInteger MAPPED = BigInteger.valueOf(0xffff);

    /** A block of addresses: a policy value of the IP operators. */
    record Block(Address base, int prefix) {

        boolean contains(Address address) {
            // L112: IPv4 and IPv6 never match each other.
            if (address.bits != base.bits) {
                return false;
            }
            int rest = base.bits - prefix;
            // L110: host bits of an IPv4 block are ignored, an IPv6 block that has some matches nothing.
            if (base.bits == 128
                    && !base.value.equals(base.value.shiftRight(rest).shiftLeft(rest))) {
                return false;
            }
            return address.value.shiftRight(rest).equals(base.value.shiftRight(rest));
        }
    }

    /**
     * The address that a request carries. A mapped IPv6 address is the IPv4 address inside it (rule L112); one with a
     * prefix is unreadable (rule L111).
     */
    static Optional<Address> ofRequest(String text) {
        Optional<BigInteger> four = readFour(text);
        if (four.isPresent()) {
            return Optional.of(new Address(32, four.get()));
        }
        return readSix(text)
                .map(value -> isMapped(value)
                        ? new Address(32, value.mod(BigInteger.ONE.shiftLeft(32)))
                        : new Address(128, value));
    }

    /** The block that a policy value names; empty when it is unreadable or mapped, and so matches nothing. */
    static Optional<Block> blockOf(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        Optional<Address> base = readFour(address).map(value -> new Address(32, value));
        if (base.isEmpty()) {
            // L112: a policy value in mapped form never matches anything.
            base = readSix(address).filter(value -> !isMapped(value)).map(value -> new Address(128, value));
        }
        if (base.isEmpty()) {
            return Optional.empty();
        }
        // L109: no prefix means the one address.
        int prefix = slash < 0 ? base.get().bits : prefix(text.substring(slash + 1));
        return prefix < 0 || prefix > base.get().bits ? Optional.empty() : Optional.of(new Block(base.get(), prefix));
    }

    /** L111: `024` and `+24` are 24. -1 when it is no number. */
    private static int prefix(String text) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        return Digits.all(digits) ? Digits.valueUpTo(1000, digits) : -1;
    }

    private static boolean isMapped(BigInteger value) {
        return value.shiftRight(32).equals(MAPPED);
    }

    /** L111: four decimal parts, leading zeros are fine. */
    private static Optional<BigInteger> readFour(String text) {
        List<String> parts = split(text, '.');
        if (parts.size() != 4) {
            return Optional.empty();
        }
        BigInteger value = BigInteger.ZERO;
        for (String part : parts) {
            if (!Digits.all(part) || Digits.valueUpTo(256, part) > 255) {
                return Optional.empty();
            }
            value = value.shiftLeft(8).add(BigInteger.valueOf(Digits.valueUpTo(256, part)));
        }
        return Optional.of(value);
    }

    /** L111: cut at `::` and then at `:`, trailing empty parts dropped, inner ones 0; more than one `::` is unreadable. */
    private static Optional<BigInteger> readSix(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 2) >= 0) {
            return Optional.empty();
        }
        int[] groups = new int[8];
        if (gap < 0) {
            Optional<int[]> all = groups(text);
            if (all.isEmpty() || all.get().length != 8) {
                return Optional.empty();
            }
            groups = all.get();
        } else {
            String before = text.substring(0, gap);
            Optional<int[]> left = before.indexOf('.') >= 0 ? Optional.empty() : groups(before);
            Optional<int[]> right = groups(text.substring(gap + 2));
            // `::` stands for one group at least.
            if (left.isEmpty() || right.isEmpty() || left.get().length + right.get().length > 7) {
                return Optional.empty();
            }
            System.arraycopy(left.get(), 0, groups, 0, left.get().length);
            System.arraycopy(right.get(), 0, groups, 8 - right.get().length, right.get().length);
        }
        BigInteger value = BigInteger.ZERO;
        for (int group : groups) {
            value = value.shiftLeft(16).add(BigInteger.valueOf(group));
        }
        // L111, L112: the one dotted tail that can be read is that of a mapped address.
        return text.indexOf('.') >= 0 && !isMapped(value) ? Optional.empty() : Optional.of(value);
    }

    /** The 16-bit groups of a text without `::`; a dotted part gives two and must end the text. */
    private static Optional<int[]> groups(String text) {
        List<String> parts = split(text, ':');
        while (!parts.isEmpty() && parts.get(parts.size() - 1).isEmpty()) {
            parts.remove(parts.size() - 1);
        }
        if (parts.size() > 8) {
            return Optional.empty();
        }
        int[] groups = new int[parts.size() + 1];
        int count = 0;
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (part.indexOf('.') >= 0) {
                Optional<BigInteger> four = readFour(part);
                if (four.isEmpty() || i < parts.size() - 1 || !text.endsWith(part)) {
                    return Optional.empty();
                }
                groups[count++] = four.get().intValue() >>> 16;
                groups[count++] = four.get().intValue() & 0xffff;
            } else {
                int group = hexadecimal(part);
                if (group < 0) {
                    return Optional.empty();
                }
                groups[count++] = group;
            }
        }
        return Optional.of(Arrays.copyOf(groups, count));
    }

    /** An empty part is 0; leading zeros don't matter; -1 when it is no number of 16 bits. */
    private static int hexadecimal(String part) {
        int value = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            value = value * 16 + digit;
            if (digit < 0 || value > 0xffff) {
                return -1;
            }
        }
        return value;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        return parts;
    }
}
