package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BinaryTextTest {

    @Test
    void canonical_base64_isPaddedWithoutSpareBits() { // L107
        assertThat(BinaryText.canonical("YQ==")).contains("YQ==");
        assertThat(BinaryText.canonical("YQ")).contains("YQ==");
        assertThat(BinaryText.canonical("YR==")).contains("YQ==");
        assertThat(BinaryText.canonical("")).contains("");
    }

    @Test
    void canonical_notBase64_isEmpty() { // L88, L107
        assertThat(BinaryText.canonical("no-binary")).isEmpty();
        assertThat(BinaryText.canonical(" YQ== ")).isEmpty();
        assertThat(BinaryText.canonical("Y")).isEmpty();
    }
}
