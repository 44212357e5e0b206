package dev.portcullis.cli;

import dev.portcullis.Decision;
import dev.portcullis.corpus.synthetic.CallerKind;
import dev.portcullis.corpus.synthetic.CallerMix;
import dev.portcullis.corpus.synthetic.Profile;
import dev.portcullis.corpus.synthetic.RequestKind;
import dev.portcullis.corpus.synthetic.RequestMix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of made-up requests. */
final class RequestStreamOptions {

    private static final List<Decision> DECISIONS =
            List.of(Decision.ALLOW, Decision.EXPLICIT_DENY, Decision.IMPLICIT_DENY);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--requests",
            paramLabel = "FILE",
            description = "Write requests, one a line, as decide --requests reads them; - is standard output.")
    private Optional<Path> requests = Optional.empty();

    @Option(names = "--packed", paramLabel = "FILE", description = "Write requests in the packed form for benchmarks.")
    private Optional<Path> packed = Optional.empty();

    @Option(
            names = "--cases",
            paramLabel = "FILE",
            description = "Write requests as cases with the decisions of the reference, as test --store reads them;"
                    + " - is standard output.")
    private Optional<Path> cases = Optional.empty();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many requests; default 1000.")
    private int count;

    @Option(
            names = "--share",
            paramLabel = "KIND=WEIGHT",
            description = "How many are of a kind, against the others; repeatable. Default: hit=60 near-miss=15 deny=10"
                    + " missing-key=5 unknown-action=5 unknown-resource=5.")
    private List<String> shares = new ArrayList<>();

    @Option(
            names = "--caller",
            paramLabel = "KIND=WEIGHT",
            description =
                    "How many are asked by a kind of caller, against the others; repeatable. Default: principal=80"
                            + " narrowed-session=7 federated-session=5 federated-user=3 service=4 identity-provider=1 in"
                            + " amazon-q and customer, principal=96 federated-user=4 in managed and guardrail, else"
                            + " principals only. --describe prints them.")
    private List<String> callers = new ArrayList<>();

    @Option(
            names = "--decisions",
            paramLabel = "A/E/I",
            description = "Choose requests so that so many get ALLOW, EXPLICIT_DENY and IMPLICIT_DENY, such as"
                    + " 600/100/300; in place of --count. All are decided by the reference.")
    private Optional<String> decisions = Optional.empty();

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "0",
            description = "Have the reference decide so many requests for --packed; default 0.")
    private int sample;

    Optional<Path> requests() {
        return requests;
    }

    Optional<Path> packed() {
        return packed;
    }

    Optional<Path> cases() {
        return cases;
    }

    /** Whether any are wanted. */
    boolean wanted() {
        return requests.isPresent() || packed.isPresent() || cases.isPresent();
    }

    /** Whether the reference has to decide any. */
    boolean decided() {
        return cases.isPresent() || decisions.isPresent() || (packed.isPresent() && sample > 0);
    }

    /** How many requests. */
    int count() {
        if (count < 0) {
            throw new ParameterException(spec.commandLine(), "`--count " + count + "` is negative");
        }
        return count;
    }

    /** How many of them the reference decides for the packed form. */
    int sample() {
        return decisions.isPresent() ? Integer.MAX_VALUE : sample;
    }

    /** What the requests are made for. */
    RequestMix mix() {
        RequestMix mix = RequestMix.standard();
        try {
            for (String share : shares) {
                int equals = share.indexOf('=');
                RequestKind kind = RequestKind.of(equals < 0 ? share : share.substring(0, equals))
                        .orElseThrow(() -> new IllegalArgumentException("there are the kinds " + kinds()));
                mix = mix.with(kind, Integer.parseInt(share.substring(equals + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "`--share " + String.join(" --share ", shares) + "` must be KIND=WEIGHT: " + e.getMessage(),
                    e);
        }
        return mix;
    }

    /** Who asks. */
    CallerMix callers(Profile profile) {
        CallerMix mix = CallerMix.of(profile);
        try {
            for (String caller : callers) {
                int equals = caller.indexOf('=');
                CallerKind kind = CallerKind.of(equals < 0 ? caller : caller.substring(0, equals))
                        .orElseThrow(() -> new IllegalArgumentException("there are the kinds "
                                + Arrays.stream(CallerKind.values())
                                        .map(CallerKind::label)
                                        .collect(Collectors.joining(", "))));
                mix = mix.with(kind, Integer.parseInt(caller.substring(equals + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "`--caller " + String.join(" --caller ", callers) + "` must be KIND=WEIGHT: " + e.getMessage(),
                    e);
        }
        return mix;
    }

    private static String kinds() {
        return Arrays.stream(RequestKind.values()).map(RequestKind::label).collect(Collectors.joining(", "));
    }

    /** How many requests of each decision; empty to take them as they come. */
    Optional<Map<Decision, Integer>> decisions() {
        return decisions.map(text -> {
            String[] numbers = text.split("/", -1);
            if (numbers.length != DECISIONS.size() || !text.matches("[0-9/]{5,30}")) {
                throw new ParameterException(
                        spec.commandLine(), "`--decisions " + text + "` must be three numbers, such as 600/100/300");
            }
            Map<Decision, Integer> wanted = new EnumMap<>(Decision.class);
            for (int i = 0; i < numbers.length; i++) {
                wanted.put(DECISIONS.get(i), number(numbers[i], text));
            }
            return wanted;
        });
    }

    private int number(String digits, String text) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    spec.commandLine(), "`--decisions " + text + "` must be three numbers, such as 600/100/300", e);
        }
    }
}
