package dev.portcullis.corpus;

import java.util.List;

/**
 * What a line of a file of cases or requests held.
 *
 * @param <T> what such a line should hold
 */
public sealed interface Line<T> {

    /** Its number in the file, from 1. */
    int number();

    /** The id that the line gives itself; {@code line N} when it gives none. */
    String id();

    /**
     * A line in order.
     *
     * @param value what it holds
     */
    record Read<T>(int number, String id, T value) implements Line<T> {}

    /**
     * A line that can't be used.
     *
     * @param problems everything that is wrong with it; at least one
     */
    record Faulty<T>(int number, String id, List<Problem> problems) implements Line<T> {

        public Faulty {
            problems = List.copyOf(problems);
        }

        /** All problems on one line. */
        public String message() {
            StringBuilder message = new StringBuilder();
            for (Problem problem : problems) {
                message.append(message.isEmpty() ? "" : "; ").append(problem);
            }
            return message.toString();
        }
    }
}
