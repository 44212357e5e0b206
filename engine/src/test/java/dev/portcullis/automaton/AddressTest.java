package dev.portcullis.automaton;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    /** Rules L111, L112: the dotted tail is the end. */
    @ParameterizedTest
    @ValueSource(strings = {"::ffff:203.0.113.7:", "::ffff:203.0.113.7::", "::203.0.113.7:", "203.0.113.7:"})
    void readAddress_somethingBehindADottedTail_unreadable(String text) {
        assertThat(new Address().readAddress(text.toCharArray(), 0, text.length()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:203.0.113.7", "203.0.113.7", "0:0:0:0:0:FFFF:203.0.113.7"})
    void readAddress_mapped_theSameAsDotted(String text) {
        Address address = new Address();

        assertThat(address.readAddress(text.toCharArray(), 0, text.length())).isTrue();
        assertThat(address.family()).isEqualTo(4);
        assertThat(address.low()).isEqualTo(0xCB007107L);
    }
}
