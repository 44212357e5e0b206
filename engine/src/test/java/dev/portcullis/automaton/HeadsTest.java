package dev.portcullis.automaton;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Account ids are read four units at a time; what isn't twelve digits must never look as if it were. */
class HeadsTest {

    @Test
    void accountNumber_twelveDigits_isTheirNumber() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 100_000; i++) {
            long number = i < 2 ? i * 999_999_999_999L : random.nextLong(1_000_000_000_000L);
            char[] text =
                    String.format(java.util.Locale.ROOT, "x%012dx", number).toCharArray();
            assertThat(Heads.accountNumber(text, 1, 13)).isEqualTo(number);
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, '0' - 1, '9' + 1, ':', 'a', 0x130, 0x660, 0x7FFF, 0x8000, 0x802F, 0x8030, 0x8039, 0xFF10, 0xFFFF
            })
    void accountNumber_anotherUnitAnywhere_isNone(int unit) {
        for (int first = 0; first < 12; first++) {
            for (int second = first; second < 12; second++) {
                char[] text = "999999999999".toCharArray();
                text[first] = (char) unit;
                text[second] = (char) unit;
                assertThat(Heads.accountNumber(text, 0, 12))
                        .as("%d and %d", first, second)
                        .isNegative();
                text = "000000000000".toCharArray();
                text[first] = (char) unit;
                assertThat(Heads.accountNumber(text, 0, 12)).as("%d", first).isNegative();
            }
        }
    }

    @Test
    void accountNumber_everyUnit_asJavaSaysOfAsciiDigits() {
        for (int unit = 0; unit <= Character.MAX_VALUE; unit++) {
            for (int place = 0; place < 12; place += 5) {
                char[] text = "123456789012".toCharArray();
                text[place] = (char) unit;
                boolean digit = unit >= '0' && unit <= '9';
                assertThat(Heads.accountNumber(text, 0, 12) >= 0)
                        .as("unit %d", unit)
                        .isEqualTo(digit);
            }
        }
    }
}
