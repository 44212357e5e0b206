package dev.portcullis.corpus;

import java.util.List;
import java.util.regex.Pattern;

/** ARNs by their fields. */
final class Arns {

    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    private Arns() {}

    /**
     * The six fields of an ARN (rule L39): {@code arn}, partition, service, region, account, and all the rest.
     *
     * @return empty when the text is no ARN
     */
    static List<String> fields(String text) {
        List<String> fields = List.of(text.split(":", 6));
        return fields.size() == 6 && fields.get(0).equals("arn") ? fields : List.of();
    }

    /** The account in an ARN, 12 digits; empty when it has none, or names AWS itself ({@code arn:aws:iam::aws:…}). */
    static String account(String arn) {
        List<String> fields = fields(arn);
        return fields.isEmpty() || !ACCOUNT.matcher(fields.get(4)).matches() ? "" : fields.get(4);
    }

    /**
     * Whether a pattern of {@code covers} stands for an ARN: field by field, {@code *} any characters, {@code ?} exactly
     * one UTF-16 unit; only the last field's wildcards reach over colons.
     */
    static boolean covers(String pattern, String arn) {
        List<String> wanted = fields(pattern);
        List<String> seen = fields(arn);
        if (wanted.isEmpty() || seen.isEmpty()) {
            return false;
        }
        for (int i = 0; i < 6; i++) {
            if (!matches(wanted.get(i), seen.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
