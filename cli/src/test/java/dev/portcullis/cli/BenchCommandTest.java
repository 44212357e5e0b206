package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {

    private static final String EXAMPLE = "../examples/amazon-q";
    private static final String REQUESTS = EXAMPLE + "/requests.jsonl";

    @TempDir
    private Path folder;

    private static Ran bench(String... options) {
        List<String> arguments = new ArrayList<>(List.of("bench", "--seconds", "0.2", "--warm-up", "0"));
        arguments.addAll(List.of(options));
        return Ran.run(arguments.toArray(String[]::new));
    }

    private static long number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in%n%s", pattern, text).isTrue();
        return Long.parseLong(matcher.group(1).replace(",", ""));
    }

    @Test
    void bench_exampleAsText_printsPercentiles() {
        Ran ran = bench("--store", EXAMPLE, "--requests", REQUESTS);

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .containsPattern("^[0-9,]+ decisions of 42 requests in 0\\.2 s, 1 thread: [0-9,]+ a second\n")
                .containsPattern("\nALLOW +[0-9.]+ %\nEXPLICIT_DENY +[0-9.]+ %\nIMPLICIT_DENY +[0-9.]+ %\n")
                .containsPattern("\nlongest +[0-9,]+ ns +[0-9,]+ ns\n");
        assertThat(number(ran.out(), "p50 +([0-9,]+) ns")).isPositive();
        assertThat(number(ran.out(), "p99\\.99 +([0-9,]+) ns"))
                .isGreaterThanOrEqualTo(number(ran.out(), "p50 +([0-9,]+) ns"));
    }

    /** The shares are those of the requests, as {@code decide} decides them: whole rounds but for the last. */
    @Test
    void bench_exampleAsJson_decidesAsDecideDoes() {
        String decided =
                Ran.run("decide", "--store", EXAMPLE, "--requests", REQUESTS).out();
        long allowed = decided.lines().filter(line -> line.startsWith("ALLOW ")).count();
        long denied = decided.lines()
                .filter(line -> line.startsWith("EXPLICIT_DENY "))
                .count();

        Ran ran = bench("--store", EXAMPLE, "--requests", REQUESTS, "--format", "json", "--threads", "2");

        assertThat(ran.code()).isZero();
        assertThat(number(ran.out(), "\"requests\": ([0-9]+)")).isEqualTo(42);
        assertThat(number(ran.out(), "\"threads\": ([0-9]+)")).isEqualTo(2);
        assertThat(number(ran.out(), "\"milliseconds\": ([0-9]+)")).isEqualTo(200);
        long count = number(ran.out(), "\"count\": ([0-9]+)");
        assertThat(number(ran.out(), "\"ALLOW\": ([0-9]+)"))
                .isBetween(count / 42 * allowed - 84, count / 42 * allowed + 84);
        assertThat(number(ran.out(), "\"EXPLICIT_DENY\": ([0-9]+)"))
                .isBetween(count / 42 * denied - 84, count / 42 * denied + 84);
        assertThat(number(ran.out(), "\"ALLOW\": ([0-9]+)")
                        + number(ran.out(), "\"EXPLICIT_DENY\": ([0-9]+)")
                        + number(ran.out(), "\"IMPLICIT_DENY\": ([0-9]+)"))
                .isEqualTo(count);
        assertThat(ran.out()).contains("\"nanoseconds\": {", "\"clockNanoseconds\": {", "\"p99.9\": ", "\"machine\": ");
    }

    @Test
    void bench_image_isTimedToo() throws IOException {
        Path image = folder.resolve("q.image");
        assertThat(Ran.run("compile", EXAMPLE, "-o", image.toString()).code()).isZero();
        Path requests = Files.writeString(folder.resolve("requests.jsonl"), """
                {"principal": "arn:aws:iam::111122223333:user/alice", "action": "q:SendMessage", "resource": "*", \
                "context": {"aws:RequestedRegion": "us-east-1", "aws:TagKeys": ["a", "b"]}}
                {"principal": "arn:aws:sts::111122223333:assumed-role/key-admin/s1", "action": "kms:Decrypt", "resource": \
                "arn:aws:kms:us-east-1:111122223333:key/1", "sessionPolicy": {"Version": "2012-10-17", "Statement": \
                {"Effect": "Deny", "Action": "kms:*", "Resource": "*"}}}
                """);

        Ran ran = bench("--image", image.toString(), "--requests", requests.toString(), "--format", "json");

        assertThat(ran.err()).isEmpty();
        long count = number(ran.out(), "\"count\": ([0-9]+)");
        assertThat(number(ran.out(), "\"ALLOW\": ([0-9]+)")).isBetween(count / 2, count / 2 + 1);
        assertThat(number(ran.out(), "\"EXPLICIT_DENY\": ([0-9]+)")).isBetween(count / 2 - 1, count / 2 + 1);
    }

    @Test
    void bench_requestsThatCantBeDecided_areAllToldAndNothingIsTimed() throws IOException {
        Path requests = Files.writeString(folder.resolve("requests.jsonl"), """
                {"principal": "arn:aws:iam::111122223333:user/alice", "action": "q:SendMessage", "resource": "*"}
                {"principal": "nobody", "action": "q:SendMessage", "resource": "*"}
                {"action": "q:SendMessage"}
                {"principal": "arn:aws:iam::111122223333:user/alice", "action": "q:SendMessage", "resource": "*", \
                "sessionPolicy": {"Statement": {"Effect": "Alow"}}}
                """);

        Ran ran = bench("--store", EXAMPLE, "--requests", requests.toString());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("error: 3 of 4 requests can't be decided, so nothing is timed\n  2: principal: ")
                .contains("\n  3:", "\n  4: ");
    }

    @Test
    void bench_noRequests_isAnError() {
        assertThat(Ran.run("\n", new String[] {"bench", "--store", EXAMPLE, "--requests", "-"}))
                .isEqualTo(new Ran(2, "", "error: `-` has no request\n"));
    }

    @Test
    void bench_missingFile_isAnError() {
        assertThat(bench("--store", EXAMPLE, "--requests", "none.jsonl"))
                .isEqualTo(new Ran(2, "", "error: can't read `none.jsonl`: no such file\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--requests x | nothing to decide against: give --store, --authorization-details or --image",
                "--store x --image y --requests x | --image and a store exclude each other",
                "--store x --requests x --seconds 0 | `--seconds` must be more than 0 and at most 86400",
                "--store x --requests x --seconds NaN | `--seconds` must be more than 0 and at most 86400",
                "--store x --requests x --warm-up -1 | `--warm-up` must be 0 to 86400",
                "--store x --requests x --threads 0 | `--threads` must be 1 to 1024",
                "--store x --requests x --parameter a=b | a store gives the values of placeholders itself:"
                        + " --parameter doesn't go with it"
            })
    void bench_optionsThatContradict_areAnError(String arguments, String message) {
        assertThat(Ran.run(("bench " + arguments).split(" ")))
                .isEqualTo(new Ran(2, "", "error: " + message + "\nTry `portcullis bench --help`.\n"));
    }
}
