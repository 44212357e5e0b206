package dev.portcullis.sidecar.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Suggestions by how words begin. */
class PrefixIndexTest {

    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    private static final String ALBERT = "arn:aws:iam::111122223333:user/team/Albert";
    private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/Admin/session";

    private final PrefixIndex index =
            new PrefixIndex(List.of(SESSION, ALICE, "q:SendMessage", ALBERT, "q:ListPlugins"));

    @Test
    void find_name_wholeWordsInOrder() {
        assertThat(index.find("al", 10)).containsExactly(ALBERT, ALICE);
        assertThat(index.find("AL", 10)).containsExactly(ALBERT, ALICE);
        assertThat(index.find("send", 10)).containsExactly("q:SendMessage");
        assertThat(index.find("admin", 10)).containsExactly(SESSION);
        assertThat(index.find("session", 10)).isEmpty();
    }

    @Test
    void find_beginning_wholeWords() {
        assertThat(index.find("ARN:aws:iam", 10)).containsExactly(ALICE, ALBERT);
        assertThat(index.find("q:", 10)).containsExactly("q:ListPlugins", "q:SendMessage");
        assertThat(index.find(ALICE, 10)).containsExactly(ALICE);
    }

    @Test
    void find_nothingOrEverything_bounded() {
        assertThat(index.find("zebra", 10)).isEmpty();
        assertThat(index.find(ALICE + "x", 10)).isEmpty();
        assertThat(index.find("", 2)).hasSize(2);
        assertThat(new PrefixIndex(List.of()).find("a", 10)).isEmpty();
    }

    /** Every word is found by every beginning of it and of its name, and nothing else is. */
    @Test
    void find_everyPrefix_sameAsLookingThroughAll() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            words.add(
                    "arn:aws:iam::11112222333" + i % 3 + ":user/" + (i % 2 == 0 ? "U" : "u") + Integer.toString(i, 4));
        }
        PrefixIndex many = new PrefixIndex(words);
        for (String word : words) {
            for (int end = 0; end <= word.length(); end++) {
                for (String prefix : List.of(
                        word.substring(0, end),
                        word.substring(PrefixIndex.nameStart(word), Math.max(end, PrefixIndex.nameStart(word))))) {
                    List<String> expected = words.stream()
                            .filter(other -> begins(other, prefix)
                                    || begins(other.substring(PrefixIndex.nameStart(other)), prefix))
                            .toList();
                    assertThat(many.find(prefix, 1000)).as(prefix).containsExactlyInAnyOrderElementsOf(expected);
                }
            }
        }
    }

    private static boolean begins(String word, String prefix) {
        return word.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
