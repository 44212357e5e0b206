package dev.portcullis.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void quantiles_ofTwoForks_areThoseOfAllIterations() {
        Samples samples = new Samples(List.of(new double[] {5, 1, 3}, new double[] {2, 4}));

        assertThat(samples.size()).isEqualTo(5);
        assertThat(samples.least()).isEqualTo(1);
        assertThat(samples.lowerQuartile()).isEqualTo(2);
        assertThat(samples.median()).isEqualTo(3);
        assertThat(samples.quantile(1)).isEqualTo(5);
    }

    @Test
    void quantile_betweenTwoIterations_isInProportion() {
        Samples samples = new Samples(List.of(new double[] {10, 20}));

        assertThat(samples.median()).isEqualTo(15, within(1e-9));
        assertThat(samples.lowerQuartile()).isEqualTo(12.5, within(1e-9));
    }

    @Test
    void new_withoutIterations_isRefused() {
        assertThatThrownBy(() -> new Samples(List.of(new double[] {1}, new double[] {})))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Samples(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
