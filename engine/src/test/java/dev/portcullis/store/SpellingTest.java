package dev.portcullis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> KNOWN = List.of("policies", "groups", "boundary", "tags", "FullAWSAccess");

    @ParameterizedTest
    @CsvSource({
        "policy,",
        "polices, policies",
        "Policies, policies",
        "polciies, policies",
        "group, groups",
        "tag, tags",
        "fullAwsAccess, FullAWSAccess",
        "x,",
        "'',",
        "somethingElse,"
    })
    void nearest_oneOfAFew_isFoundWhenNear(String word, String expected) {
        assertThat(new Spelling().nearest(word, KNOWN).orElse(null)).isEqualTo(expected);
    }

    @Test
    void nearest_twoEquallyNear_isTheFirst() {
        assertThat(new Spelling().nearest("team-x", List.of("team-a", "team-b")))
                .contains("team-a");
    }

    @Test
    void nearest_manyQuestionsToManyWords_endsInTime() {
        List<String> known = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            known.add("policy-of-some-length-" + i);
        }
        Spelling spelling = new Spelling();

        Assertions.assertTimeout(Duration.ofSeconds(30), () -> {
            assertThat(spelling.nearest("policy-of-sone-length-17", known)).contains("policy-of-some-length-17");
            for (int i = 0; i < 100_000; i++) {
                spelling.nearest("policy-of-sone-length-" + i, known);
            }
        });
    }
}
