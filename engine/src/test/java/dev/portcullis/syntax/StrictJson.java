package dev.portcullis.syntax;

/**
 * A second opinion on what the reader may take: byte by byte, sharing no code with it. Knows RFC 8259, shortest-form
 * UTF-8, 32 levels, and that no string holds U+0000 or half a surrogate pair.
 */
final class StrictJson {

    private static final int NESTING = 32;

    private final byte[] bytes;
    private int at;

    private StrictJson(byte[] bytes) {
        this.bytes = bytes;
    }

    static boolean accepts(byte[] bytes) {
        StrictJson json = new StrictJson(bytes);
        try {
            json.blanks();
            json.value(0);
            json.blanks();
            return json.at == bytes.length;
        } catch (Refused e) {
            return false;
        }
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused() {
            super(null, null, false, false);
        }
    }

    private int peek() {
        return at < bytes.length ? bytes[at] & 0xFF : -1;
    }

    private int next() {
        int octet = peek();
        at++;
        return octet;
    }

    private void require(boolean condition) {
        if (!condition) {
            throw new Refused();
        }
    }

    private void blanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
    }

    private void value(int depth) {
        int octet = next();
        switch (octet) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            case 't' -> word("rue");
            case 'f' -> word("alse");
            case 'n' -> word("ull");
            default -> number(octet);
        }
    }

    private void word(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            require(next() == rest.charAt(i));
        }
    }

    private void object(int depth) {
        require(depth <= NESTING);
        blanks();
        if (peek() == '}') {
            at++;
            return;
        }
        int separator = ',';
        while (separator == ',') {
            blanks();
            require(next() == '"');
            string();
            blanks();
            require(next() == ':');
            blanks();
            value(depth);
            blanks();
            separator = next();
        }
        require(separator == '}');
    }

    private void array(int depth) {
        require(depth <= NESTING);
        blanks();
        if (peek() == ']') {
            at++;
            return;
        }
        int separator = ',';
        while (separator == ',') {
            blanks();
            value(depth);
            blanks();
            separator = next();
        }
        require(separator == ']');
    }

    private void number(int firstOctet) {
        int octet = firstOctet;
        if (octet == '-') {
            octet = next();
        }
        require(octet >= '0' && octet <= '9');
        if (octet != '0') {
            digits();
        }
        if (peek() == '.') {
            at++;
            require(digits() > 0);
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            require(digits() > 0);
        }
    }

    private int digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at - start;
    }

    private void string() {
        boolean pairOpen = false;
        while (peek() != '"') {
            int unit = next();
            if (unit == '\\') {
                unit = escape();
            } else {
                require(unit >= ' ');
                if (unit >= 0x80) {
                    require(!pairOpen);
                    continuation(unit);
                    continue;
                }
            }
            require(unit != 0);
            boolean low = unit >= 0xDC00 && unit < 0xE000;
            require(low == pairOpen);
            pairOpen = unit >= 0xD800 && unit < 0xDC00;
        }
        require(!pairOpen);
        at++;
    }

    private int escape() {
        int letter = next();
        if (letter != 'u') {
            require("\"\\/bfnrt".indexOf(letter) >= 0);
            return 1;
        }
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = next();
            int value = digit >= '0' && digit <= '9'
                    ? digit - '0'
                    : digit >= 'a' && digit <= 'f'
                            ? digit - 'a' + 10
                            : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
            require(value >= 0);
            unit = unit * 16 + value;
        }
        return unit;
    }

    /** The well-formed sequences of the Unicode standard, table 3-7. */
    private void continuation(int first) {
        int low = 0x80;
        int high = 0xBF;
        int more;
        if (first >= 0xC2 && first <= 0xDF) {
            more = 1;
        } else if (first >= 0xE0 && first <= 0xEF) {
            more = 2;
            low = first == 0xE0 ? 0xA0 : low;
            high = first == 0xED ? 0x9F : high;
        } else {
            require(first >= 0xF0 && first <= 0xF4);
            more = 3;
            low = first == 0xF0 ? 0x90 : low;
            high = first == 0xF4 ? 0x8F : high;
        }
        for (int i = 0; i < more; i++) {
            int octet = next();
            require(octet >= low && octet <= high);
            low = 0x80;
            high = 0xBF;
        }
    }
}
