package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.corpus.reference.ReferenceJson;
import org.junit.jupiter.api.Test;

class BundledCasesTest {

    @Test
    void seedPolicies_all_areTwelveJsonObjects() {
        assertThat(BundledCases.seedPolicies())
                .hasSize(12)
                .allSatisfy((name, text) -> assertThat(ReferenceJson.read(text)).isInstanceOf(ReferenceJson.Obj.class));
    }

    @Test
    void open_unknownFile_isRefused() {
        assertThatThrownBy(() -> BundledCases.open("nothing.jsonl")).isInstanceOf(IllegalArgumentException.class);
    }
}
