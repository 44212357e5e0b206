package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Span;
import org.junit.jupiter.api.Test;

class RegionTest {

    @Test
    void of_spanWithinALine_endsAfterItsLastUnit() {
        assertThat(Region.of(new Span(2, 5, 1, 3), "abcdefg")).isEqualTo(new Region(1, 3, 1, 6));
    }

    @Test
    void of_spanOverEveryKindOfLineEnd_countsEachOnce() {
        String text = "a\nb\rc\r\nd";

        assertThat(Region.of(new Span(0, text.length(), 1, 1), text)).isEqualTo(new Region(1, 1, 4, 2));
    }

    @Test
    void of_spanPastTheText_endsWithTheText() {
        assertThat(Region.of(new Span(1, 9, 1, 2), "ab")).isEqualTo(new Region(1, 2, 1, 3));
    }
}
