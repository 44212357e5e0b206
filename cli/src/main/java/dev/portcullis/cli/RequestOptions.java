package dev.portcullis.cli;

import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.corpus.RequestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that state one request. */
final class RequestOptions {

    private static final char REPLACEMENT = '\uFFFD';

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--principal",
            paramLabel = "WHO",
            description = "An ARN, a service principal such as qbusiness.amazonaws.com, or anonymous."
                    + " Default with --policy: the user `someone` of the resource's account.")
    private Optional<String> principal = Optional.empty();

    @Option(names = "--action", paramLabel = "ACTION", description = "What for: service:Name.")
    private Optional<String> action = Optional.empty();

    @Option(
            names = "--resource",
            paramLabel = "ARN",
            description = "On what; default `*`, for actions that have no resource.")
    private Optional<String> resource = Optional.empty();

    @Option(
            names = "--resource-account",
            paramLabel = "ID",
            description = "The account that owns the resource. Default: the store's knowledge, the account in the ARN,"
                    + " the principal's own.")
    private Optional<String> resourceAccount = Optional.empty();

    @Option(
            names = "--context",
            paramLabel = "KEY=VALUE",
            description = "A context key; repeatable. A key given twice is multivalued; so is KEY[]=VALUE with one"
                    + " value, and KEY[]= with none.")
    private List<String> context = new ArrayList<>();

    /** Whether any of these options was given. */
    boolean isGiven() {
        return principal.isPresent()
                || action.isPresent()
                || resource.isPresent()
                || resourceAccount.isPresent()
                || !context.isEmpty();
    }

    /**
     * The request.
     *
     * @param anyone whether the principal may be left out
     */
    AccessRequest request(
            boolean anyone, Optional<PolicySource> resourcePolicy, Optional<List<PolicySource>> sessionPolicies) {
        String who = principal.orElseGet(() -> {
            if (!anyone) {
                throw new ParameterException(spec.commandLine(), "--principal is missing");
            }
            return "arn:aws:iam::" + someAccount() + ":user/someone";
        });
        String what = action.orElseThrow(() -> new ParameterException(spec.commandLine(), "--action is missing"));
        try {
            AccessRequest plain = RequestReader.ofParts(
                    text(who), text(what), text(resource.orElse("*")), resourceAccount, texts(context));
            return new AccessRequest(
                    plain.principal(),
                    plain.action(),
                    plain.resource(),
                    plain.resourceAccount(),
                    plain.context(),
                    resourcePolicy,
                    sessionPolicies,
                    plain.facts());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private String someAccount() {
        String[] fields = resource.orElse("").split(":", 6);
        String ofArn = fields.length == 6 ? fields[4] : "";
        return resourceAccount.orElse(ofArn.isEmpty() ? "123456789012" : ofArn);
    }

    private static List<String> texts(List<String> arguments) {
        return arguments.stream().map(RequestOptions::text).toList();
    }

    /** Arguments that the locale's encoding can't express arrive with replacement characters: not what was asked. */
    private static String text(String argument) {
        if (argument.indexOf(REPLACEMENT) >= 0) {
            throw new IllegalArgumentException("`" + argument + "` is not text in the encoding of the locale");
        }
        return argument;
    }
}
