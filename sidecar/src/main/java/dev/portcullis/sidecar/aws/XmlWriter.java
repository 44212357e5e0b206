package dev.portcullis.sidecar.aws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes XML 1.0. What XML can't hold is written as U+FFFD. Not thread-safe. */
final class XmlWriter {

    private final StringBuilder text = new StringBuilder(1024);
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element. */
    XmlWriter begin(String name) {
        text.append('<').append(name).append('>');
        open.push(name);
        return this;
    }

    /** Begins the root element. */
    XmlWriter begin(String name, String namespace) {
        text.append('<').append(name).append(" xmlns=\"").append(namespace).append("\">");
        open.push(name);
        return this;
    }

    /** Ends the element begun last. */
    XmlWriter end() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element with text. */
    XmlWriter element(String name, String value) {
        begin(name);
        value.codePoints().forEach(this::escape);
        return end();
    }

    private void escape(int c) {
        switch (c) {
            case '<' -> text.append("&lt;");
            case '>' -> text.append("&gt;");
            case '&' -> text.append("&amp;");
            case '"' -> text.append("&quot;");
            case '\r' -> text.append("&#13;");
            case '\n', '\t' -> text.append((char) c);
            default -> text.appendCodePoint(isCharacter(c) ? c : 0xFFFD);
        }
    }

    private static boolean isCharacter(int c) {
        return c >= 0x20 && (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
    }

    /** UTF-16 units so far. */
    int length() {
        return text.length();
    }

    /** The document. */
    byte[] toUtf8() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
