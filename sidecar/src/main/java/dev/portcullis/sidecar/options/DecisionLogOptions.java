package dev.portcullis.sidecar.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What of the decisions is written down.
 *
 * @param file JSON lines are appended to it; {@code -} is standard output; empty: nothing is written
 * @param sample the share of decisions that is logged, 0 to 1
 * @param which of them
 * @param masked context keys whose values are left out, in any letter case; a {@code *} at the end stands for any rest
 */
public record DecisionLogOptions(Optional<Path> file, double sample, Which which, List<String> masked) {

    /** Decisions by what came out. */
    public enum Which {
        ALL,
        ALLOWED,
        DENIED
    }

    /** Nothing is logged. */
    public static final DecisionLogOptions NONE = new DecisionLogOptions(Optional.empty(), 1, Which.ALL, List.of());

    public DecisionLogOptions {
        if (!(sample >= 0 && sample <= 1)) {
            throw new IllegalArgumentException("the share of logged decisions is between 0 and 1, not " + sample);
        }
        masked = masked.stream().map(key -> key.toLowerCase(Locale.ROOT)).toList();
    }
}
