package dev.portcullis.corpus.compiled;

import java.util.ArrayList;
import java.util.List;

/** All texts over a few characters. */
final class SmallScope {

    private SmallScope() {}

    /** Every text over the characters, from the empty one up to that length. */
    static List<String> texts(String characters, int longest) {
        List<String> texts = new ArrayList<>(List.of(""));
        int from = 0;
        for (int length = 1; length <= longest; length++) {
            int to = texts.size();
            for (int i = from; i < to; i++) {
                for (int c = 0; c < characters.length(); c++) {
                    texts.add(texts.get(i) + characters.charAt(c));
                }
            }
            from = to;
        }
        return texts;
    }

    static long colons(String text) {
        return text.chars().filter(c -> c == ':').count();
    }
}
