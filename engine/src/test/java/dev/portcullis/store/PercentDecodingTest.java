package dev.portcullis.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentDecodingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                  | ""
            abc                 | abc
            %7B%22a%22%3A1%7D   | {"a":1}
            %7b                 | {
            a+b%2B%20c          | a+b+ c
            100%25              | 100%
            %C3%A9 é %F0%9F%94%91 | é é 🔑
            """)
    void decode_wellFormed_givesText(String encoded, String text) {
        PercentDecoding.Decoded decoded = PercentDecoding.decode(encoded);

        assertThat(decoded.problem()).isEmpty();
        assertThat(decoded.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            %               | 0 | `%` is not followed by two hexadecimal digits
            ab%4            | 2 | `%` is not followed by two hexadecimal digits
            ab%4g           | 2 | `%` is not followed by two hexadecimal digits
            %%41            | 0 | `%` is not followed by two hexadecimal digits
            %+1             | 0 | `%` is not followed by two hexadecimal digits
            %٣٣             | 0 | `%` is not followed by two hexadecimal digits
            é%41%C0%AA      | 4 | the bytes here are not UTF-8
            a%ED%A0%80      | 1 | the bytes here are not UTF-8
            abc%C3          | 3 | the bytes here are not UTF-8
            %C3x            | 0 | the bytes here are not UTF-8
            """)
    void decode_malformed_saysWhere(String encoded, int offset, String problem) {
        PercentDecoding.Decoded decoded = PercentDecoding.decode(encoded);

        assertThat(decoded.problem()).contains(problem);
        assertThat(decoded.offset()).isEqualTo(offset);
        assertThat(decoded.text()).isEmpty();
    }
}
