package dev.portcullis.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is known of a peer over a view, besides what JMH measures. Written as a JSON array of one object beside those of the
 * peers that run out of process: {@code docs/peers.md}.
 *
 * @param peer its name
 * @param version its version
 * @param view as {@link PeerView} names it
 * @param requests how many of the requests were compared with our decisions
 * @param mismatches how many of those it decided differently
 * @param note what loading took, or why it couldn't
 */
record PeerResult(String peer, String version, String view, int requests, int mismatches, String note) {

    /** The folder that results are written to. */
    static Path folder() {
        return Path.of(System.getProperty("portcullis.peers", "benchmarks/target/peers"));
    }

    /** Writes it, in place of what an earlier run wrote. */
    void write() {
        try {
            Path folder = Files.createDirectories(folder());
            Files.writeString(folder.resolve(peer + "-" + view.replace(':', '-') + ".json"), "[" + json() + "]\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String json() {
        return Json.object(
                "peer", Json.text(peer),
                "version", Json.text(version),
                "view", Json.text(view.substring(0, 1)),
                "policies", view.substring(2),
                "nsMedian", "null",
                "nsP99", "null",
                "nsLeast", "null",
                "requests", String.valueOf(requests),
                "mismatches", String.valueOf(mismatches),
                "note", Json.text(note));
    }
}
