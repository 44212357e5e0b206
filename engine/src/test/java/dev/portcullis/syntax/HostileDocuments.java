package dev.portcullis.syntax;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Documents that somebody might send to crash, stall or deceive the reader. */
public final class HostileDocuments {

    /** A small policy that is fine. */
    public static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [{"Sid": "A1", "Effect": "Allow", "Action": ["s3:Get*", "q:*"],
              "Resource": "*", "Condition": {"NumericLessThan": {"s3:max-keys": -1.5e2}, "Bool": {"a:b": true}}}]}
            """;

    private HostileDocuments() {}

    /** Texts that are no text. The bytes stand in an action of a policy. */
    public static Map<String, byte[]> encodings() {
        Map<String, byte[]> documents = new LinkedHashMap<>();
        documents.put("overlong slash", withAction(0xC0, 0xAF));
        documents.put("overlong star", withAction(0xC0, 0xAA));
        documents.put("overlong in three", withAction(0xE0, 0x80, 0xAF));
        documents.put("overlong in four", withAction(0xF0, 0x80, 0x80, 0xAA));
        documents.put("overlong U+0000", withAction(0xC0, 0x80));
        documents.put("overlong quote", withAction(0xC1, 0xA2));
        documents.put("high surrogate", withAction(0xED, 0xA0, 0x80));
        documents.put("surrogate pair", withAction(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80));
        documents.put("above U+10FFFF", withAction(0xF4, 0x90, 0x80, 0x80));
        documents.put("far above U+10FFFF", withAction(0xF5, 0x90, 0x80, 0x80));
        documents.put("five bytes", withAction(0xF8, 0x88, 0x80, 0x80, 0x80));
        documents.put("lone continuation", withAction(0x80));
        documents.put("cut in two", withAction(0xC3));
        documents.put("cut in three", withAction(0xE2, 0x82));
        documents.put("cut in four", withAction(0xF0, 0x9F, 0x98));
        documents.put("0xFE", withAction(0xFE));
        documents.put("0xFF", withAction(0xFF));
        documents.put("Latin-1", withAction(0xFC));
        documents.put("cut at the end", bytes(POLICY.strip().getBytes(UTF_8), 0xC3));
        documents.put("byte order mark", concat(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, utf8(POLICY)));
        documents.put("UTF-16LE", POLICY.getBytes(UTF_16LE));
        documents.put("UTF-16BE", POLICY.getBytes(UTF_16BE));
        documents.put("UTF-16LE with mark", ("\uFEFF" + POLICY).getBytes(UTF_16LE));
        documents.put("UTF-16BE with mark", ("\uFEFF" + POLICY).getBytes(UTF_16BE));
        documents.put("UTF-32LE", POLICY.getBytes(Charset.forName("UTF-32LE")));
        documents.put("UTF-32BE", POLICY.getBytes(Charset.forName("UTF-32BE")));
        return documents;
    }

    /** Texts that are not JSON, or not JSON that a policy may be. */
    public static Map<String, byte[]> texts() {
        Map<String, byte[]> documents = new LinkedHashMap<>();
        documents.put("nothing", new byte[0]);
        documents.put("blanks", utf8(" ".repeat(1_000_000)));
        documents.put("line ends", utf8("\r\n".repeat(500_000)));
        documents.put("U+0000", utf8("\0"));
        documents.put("many U+0000", new byte[1_000_000]);
        documents.put("U+0000 after", utf8(POLICY.strip() + "\0"));
        documents.put("U+0000 in a string", withAction(0));
        documents.put("escape character in a string", withAction(0x1B));
        documents.put("tab in a string", withAction('\t'));
        documents.put("line end in a string", withAction('\n'));
        documents.put("U+0000 escaped", withAction("\\u0000"));
        documents.put("many U+0000 escaped", withAction("\\u0000".repeat(170_000)));
        documents.put("high surrogate escaped", withAction("\\ud800"));
        documents.put("low surrogate escaped", withAction("\\uDC00"));
        documents.put("swapped surrogates escaped", withAction("\\uDE00\\uD83D"));
        documents.put("second document", utf8(POLICY + POLICY));
        documents.put("second value", utf8(POLICY + "1"));
        documents.put("closing brace too many", utf8(POLICY + "}"));
        documents.put("comment", utf8("/* all */" + POLICY));
        documents.put("arrays, unclosed", utf8("[".repeat(1_000_000)));
        documents.put("arrays, closed", utf8("[".repeat(500_000) + "]".repeat(500_000)));
        documents.put("objects", utf8("{\"a\":".repeat(200_000)));
        documents.put("arrays in objects", utf8("[{\"a\":".repeat(170_000)));
        documents.put("string, unclosed", utf8("\"" + "a".repeat(1_000_000)));
        documents.put("string of escapes, unclosed", utf8("\"" + "\\\"".repeat(500_000)));
        documents.put("quotes", utf8("\"".repeat(1_000_001)));
        documents.put("backslashes", utf8("\"" + "\\".repeat(1_000_000)));
        documents.put("commas", utf8("[" + ",".repeat(1_000_000)));
        documents.put("colons", utf8("{" + ":".repeat(1_000_000)));
        documents.put("minus signs", utf8("-".repeat(1_000_000)));
        documents.put("digits", utf8("1".repeat(1_000_000)));
        documents.put("digits after the point", utf8("[1." + "1".repeat(1_000_000) + "]"));
        documents.put("exponent", utf8("[1e" + "9".repeat(1_000_000) + "]"));
        documents.put("zeros", utf8("0".repeat(1_000_000)));
        documents.put("letters", utf8("a".repeat(1_000_000)));
        documents.put("umlauts", utf8("ü".repeat(500_000)));
        documents.put("long list", utf8("[" + "1,".repeat(500_000) + "1]"));
        documents.put("long object", utf8("{" + "\"a\":1,".repeat(150_000) + "\"a\":1}"));
        documents.put("colliding names", utf8(collidingNames(20_000)));
        documents.put("larger than any document", utf8("[\"" + "a".repeat(3_000_000) + "\"]"));
        return documents;
    }

    /** JSON, but nothing that a policy is made of; the reader takes it and has to be quick about it. */
    public static Map<String, byte[]> foreign() {
        Map<String, byte[]> documents = new LinkedHashMap<>();
        documents.put("some colliding names", utf8(collidingNames(1_000)));
        documents.put("1e400", utf8("1e400"));
        documents.put("version 1e400", utf8("{\"Version\": 1e400, \"Statement\": []}"));
        documents.put("long string", utf8("\"" + "a".repeat(1_000_000) + "\""));
        documents.put("string of umlauts", utf8("\"" + "ü".repeat(500_000) + "\""));
        documents.put("string of escapes", utf8("\"" + "\\u0041".repeat(170_000) + "\""));
        documents.put("long name", utf8("{\"" + "a".repeat(1_000_000) + "\": 1}"));
        documents.put("empty arrays", utf8("[" + "[],".repeat(49_000) + "[]]"));
        documents.put("statements", utf8("{\"Statement\": [" + "{},".repeat(49_000) + "{}]}"));
        return documents;
    }

    /** Names whose {@link String#hashCode} is the same. */
    private static String collidingNames(int count) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 16; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append("\":1");
        }
        return text.append('}').toString();
    }

    private static byte[] withAction(int... octets) {
        byte[] middle = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            middle[i] = (byte) octets[i];
        }
        return withAction(middle);
    }

    private static byte[] withAction(String text) {
        return withAction(utf8(text));
    }

    private static byte[] withAction(byte[] middle) {
        int at = POLICY.indexOf("Get*");
        return concat(utf8(POLICY.substring(0, at)), concat(middle, utf8(POLICY.substring(at))));
    }

    private static byte[] bytes(byte[] first, int last) {
        return concat(first, new byte[] {(byte) last});
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
