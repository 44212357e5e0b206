package dev.portcullis.automaton;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashIndexTest {

    /** Strings of one hash: "Aa" and "BB" have the same. */
    private static List<String> colliding(int bits) {
        List<String> all = List.of("");
        for (int i = 0; i < bits; i++) {
            List<String> longer = new ArrayList<>();
            for (String text : all) {
                longer.add(text + "Aa");
                longer.add(text + "BB");
            }
            all = longer;
        }
        return all;
    }

    private static int find(HashIndex index, String text, String[] texts) {
        int slot = HashIndex.slot(text.hashCode(), index.slots);
        for (int run = 0; run < HashIndex.LONGEST_RUN && index.slots[slot] != 0; run++) {
            long entry = index.slots[slot];
            if (HashIndex.isOf(text.hashCode(), entry) && texts[HashIndex.number(entry)].equals(text)) {
                return HashIndex.number(entry);
            }
            slot = HashIndex.next(slot, index.slots);
        }
        return -1;
    }

    @Test
    void of_manyTexts_findsEachAndNoOther() {
        String[] texts = IntStream.range(0, 5_000)
                .mapToObj(i -> "arn:aws:iam::111122223333:user/" + i)
                .toArray(String[]::new);
        HashIndex index = HashIndex.of(texts);
        for (int i = 0; i < texts.length; i++) {
            assertThat(find(index, texts[i], texts)).isEqualTo(i);
            assertThat(find(index, texts[i] + "x", texts)).isEqualTo(-1);
        }
        assertThat(index.bytes()).isBetween(5_000L * 8 * 4, 5_000L * 8 * 8);
    }

    @Test
    void of_sixteenOfOneHash_findsEach() {
        String[] texts = colliding(4).toArray(new String[0]);
        HashIndex index = HashIndex.of(texts);
        for (int i = 0; i < texts.length; i++) {
            assertThat(find(index, texts[i], texts)).isEqualTo(i);
        }
    }

    @Test
    void of_moreOfOneHash_isEmpty() {
        List<String> texts = new ArrayList<>(colliding(5));
        texts.add("another");
        HashIndex index = HashIndex.of(texts.toArray(new String[0]));
        assertThat(index.slots).containsOnly(0);
    }

    @Test
    void of_none_isEmpty() {
        assertThat(HashIndex.of(new String[0]).slots).containsOnly(0);
    }
}
