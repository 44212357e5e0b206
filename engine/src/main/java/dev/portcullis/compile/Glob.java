package dev.portcullis.compile;

/** Matches {@code *} and {@code ?} at compile time, where action lists meet the known actions. */
final class Glob {

    private Glob() {}

    static boolean matches(String glob, String text) {
        int at = 0;
        int position = 0;
        int star = -1;
        int starPosition = 0;
        while (position < text.length()) {
            char unit = at < glob.length() ? glob.charAt(at) : 0;
            if (at < glob.length() && unit == '*') {
                star = ++at;
                starPosition = position;
            } else if (at < glob.length() && (unit == '?' || unit == text.charAt(position))) {
                at++;
                position++;
            } else if (star >= 0) {
                at = star;
                position = ++starPosition;
            } else {
                return false;
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return at == glob.length();
    }
}
