package dev.portcullis.sidecar.aws;

import dev.portcullis.Store;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.Statement;
import dev.portcullis.sidecar.aws.CallerIdentities.Identity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what is to be simulated, and refuses what the simulator refuses, in its words (section 4.1). */
final class SimulationReader {

    static final Set<String> CUSTOM = Set.of(
            "Action",
            "Version",
            "PolicyInputList",
            "PermissionsBoundaryPolicyInputList",
            "OrderedOrganizationPolicyInputList",
            "ActionNames",
            "ResourceArns",
            "ResourcePolicy",
            "ResourceOwner",
            "CallerArn",
            "ContextEntries",
            "ResourceHandlingOption",
            "MaxItems",
            "Marker");

    static final Set<String> PRINCIPAL = Set.of(
            "Action",
            "Version",
            "PolicySourceArn",
            "PolicyInputList",
            "PermissionsBoundaryPolicyInputList",
            "PolicyExclusionList",
            "ActionNames",
            "ResourceArns",
            "ResourcePolicy",
            "ResourceOwner",
            "CallerArn",
            "ContextEntries",
            "ResourceHandlingOption",
            "MaxItems",
            "Marker");

    /** Actions times resources of one page: far above what a person asks, and still answered in a moment. */
    static final int DECISIONS = 10_000;

    private static final String USER_ID = "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR";
    private static final String EVERYTHING = "*";
    private static final String MARKER = "simulation:";
    private static final int STANDARD_ITEMS = 100;
    private static final int MOST_ITEMS = 1_000;
    private static final int SHORTEST_ACTION = 3;
    private static final int LONGEST_ACTION = 128;
    private static final int LONGEST_ARN = 2_048;
    private static final int LONGEST_MARKER = 320;
    private static final int LONGEST_OPTION = 64;
    /** Services with actions whose resources {@code ResourceHandlingOption} can choose. */
    private static final Set<String> HANDLED = Set.of("ec2", "cloudwatch", "devicefarm");

    private static final Pattern ARN = Pattern.compile("arn:[^:]+:[^:]+:[^:]*:[^:]*:.+", Pattern.DOTALL);
    private static final Pattern OWNER = Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}):root");

    private final QueryForm form;
    private final Identity identity;
    private final Optional<Store> store;

    /**
     * @param identity who sent it
     * @param store the policies in force
     */
    SimulationReader(QueryForm form, Identity identity, Optional<Store> store) {
        this.form = form;
        this.identity = identity;
        this.store = store;
    }

    /** {@code SimulateCustomPolicy}. */
    Simulation custom() throws AwsError {
        form.allowOnly(CUSTOM);
        if (!form.has("PolicyInputList") && form.value("ResourcePolicy").isEmpty()) {
            throw AwsError.validation("policyInputList", "Member must not be null");
        }
        return simulation(
                PolicyInputs.identity(form), PolicyInputs.boundary(form), PolicyInputs.levels(form), caller(), USER_ID);
    }

    /** {@code SimulatePrincipalPolicy}. */
    Simulation principal() throws AwsError {
        form.allowOnly(PRINCIPAL);
        IamEntity source = source();
        EntityPolicies entity = EntityPolicies.of(source, store);
        PolicyExclusions exclusions = PolicyExclusions.read(form);
        List<SimulatedPolicy> policies = new ArrayList<>(entity.identity(exclusions));
        policies.addAll(PolicyInputs.identity(form));
        Optional<SimulatedPolicy> boundary = PolicyInputs.boundary(form);
        if (boundary.isEmpty() && !exclusions.coverType("permission-boundary")) {
            boundary = entity.boundary();
        }
        // Without SCPs the answer doesn't speak of organizations at all (captured).
        Optional<List<List<SimulatedPolicy>>> levels =
                exclusions.coverType("scp") ? Optional.empty() : Optional.of(entity.levels(source.account()));
        Optional<IamEntity> caller = caller();
        return simulation(
                policies,
                boundary,
                levels,
                caller.isPresent() ? caller : Optional.of(source),
                entity.uniqueId().orElse(USER_ID));
    }

    /** The policies of {@code GetContextKeysForCustomPolicy}. */
    List<SimulatedPolicy> customPolicies() throws AwsError {
        form.allowOnly(Set.of("Action", "Version", "PolicyInputList"));
        if (!form.has("PolicyInputList")) {
            throw AwsError.validation("policyInputList", "Member must not be null");
        }
        return PolicyInputs.identity(form);
    }

    /** The policies of {@code GetContextKeysForPrincipalPolicy}. */
    List<SimulatedPolicy> principalPolicies() throws AwsError {
        form.allowOnly(Set.of("Action", "Version", "PolicyInputList", "PolicySourceArn"));
        EntityPolicies entity = EntityPolicies.of(source(), store);
        List<SimulatedPolicy> policies = new ArrayList<>(entity.identity(new PolicyExclusions()));
        policies.addAll(PolicyInputs.identity(form));
        return policies;
    }

    private IamEntity source() throws AwsError {
        String arn = form.value("PolicySourceArn")
                .orElseThrow(() -> AwsError.validation("policySourceArn", "Member must not be null"));
        IamEntity source = IamEntity.of(arn)
                .orElseThrow(() -> AwsError.invalidInput("Invalid ARN provided in the request: " + arn));
        // A client that nobody configured belongs to no account of the store more than to another.
        if (identity.configured() && !source.account().equals(identity.account())) {
            throw AwsError.invalidInput("Invalid Policy Source Arn: caller's account " + identity.account()
                    + " does not have access to policies in account " + source.account() + ".");
        }
        return source;
    }

    private Optional<IamEntity> caller() throws AwsError {
        Optional<String> arn = form.value("CallerArn");
        if (arn.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(IamEntity.of(arn.get()).orElseThrow(() -> notClear(arn.get())));
    }

    private static AwsError notClear(String arn) {
        return AwsError.invalidInput("Invalid Entity Arn: " + arn + " does not clearly define entity type and name.");
    }

    private Simulation simulation(
            List<SimulatedPolicy> policies,
            Optional<SimulatedPolicy> boundary,
            Optional<List<List<SimulatedPolicy>>> levels,
            Optional<IamEntity> caller,
            String userId)
            throws AwsError {
        int items = items();
        List<String> actions = actions();
        Optional<String> option = option();
        int from = from();
        List<String> resources = resources();
        if (!resources.equals(List.of(EVERYTHING))) {
            checkTogether(actions);
            if (option.isPresent()) {
                checkHandling(actions);
            }
        }
        Optional<SimulatedPolicy> resourcePolicy = PolicyInputs.resource(form);
        if (resourcePolicy.isPresent()) {
            checkResourcePolicy(resourcePolicy.get(), resources, caller);
        }
        int end = Math.min(actions.size(), from + items);
        List<String> page = from >= end ? List.of() : actions.subList(from, end);
        if ((long) page.size() * resources.size() > DECISIONS) {
            throw AwsError.invalidInput(
                    "More than " + DECISIONS
                            + " simulations of an action on a resource on one page; ask for fewer resources, or a smaller MaxItems.");
        }
        String account = caller.map(IamEntity::account).orElse(identity.account());
        return new Simulation(
                policies,
                boundary,
                levels,
                resourcePolicy,
                account,
                caller,
                owner(),
                context(account, caller, userId),
                List.copyOf(page),
                resources,
                end < actions.size() ? Optional.of(marker(end)) : Optional.empty());
    }

    /** What the simulator puts in where the client gives nothing (section 4.1). */
    private SimulatedContext context(String account, Optional<IamEntity> caller, String userId) throws AwsError {
        SimulatedContext context = ContextEntries.read(form);
        context.putIn("aws:PrincipalAccount", account);
        context.putIn("aws:userid", userId);
        if (caller.isPresent()) {
            context.putIn("aws:PrincipalArn", caller.get().arn());
            if (caller.get().isUser()) {
                context.putIn("aws:username", caller.get().name());
            }
        }
        return context;
    }

    private List<String> actions() throws AwsError {
        List<String> actions = form.list("ActionNames");
        if (actions.isEmpty()) {
            throw AwsError.validation("actionNames", "Member must not be null");
        }
        for (String action : actions) {
            checkLength("actionNames", action, SHORTEST_ACTION, LONGEST_ACTION);
            if (action.indexOf(':') <= 0) {
                throw AwsError.invalidInput("The action is invalid since it is missing names");
            }
        }
        return actions;
    }

    /** Actions that the simulator knows can't be asked for together with others on given resources (captured). */
    private static void checkTogether(List<String> actions) throws AwsError {
        List<String> known = actions.stream().filter(ActionResources::know).toList();
        if (!known.isEmpty() && known.size() < actions.size()) {
            List<String> others = actions.stream()
                    .filter(action -> !ActionResources.know(action))
                    .toList();
            throw AwsError.invalidInput("Invalid Input Actions: [" + String.join(",", known) + "] and ["
                    + String.join(",", others) + "] require different authorization information. ");
        }
    }

    private List<String> resources() throws AwsError {
        List<String> resources = form.list("ResourceArns");
        for (String resource : resources) {
            checkLength("resourceArns", resource, 1, LONGEST_ARN);
            if (!resource.equals(EVERYTHING) && !ARN.matcher(resource).matches()) {
                throw notAnArn(resource);
            }
        }
        return resources.isEmpty() ? List.of(EVERYTHING) : resources;
    }

    private static AwsError notAnArn(String resource) {
        return AwsError.invalidInput("ResourceNames are not in a valid ARN format: " + resource + ".");
    }

    private static void checkResourcePolicy(SimulatedPolicy policy, List<String> resources, Optional<IamEntity> caller)
            throws AwsError {
        if (caller.isEmpty()) {
            throw AwsError.invalidInput("CallerArn is required with a ResourcePolicy.");
        }
        if (resources.contains(EVERYTHING)) {
            throw notClear(EVERYTHING);
        }
        for (Statement statement : policy.document().statements()) {
            if (statement.resource().isPresent()) {
                for (ResourcePattern pattern : statement.resource().get().patterns()) {
                    if (pattern.isEverything()) {
                        throw notAnArn(EVERYTHING);
                    }
                }
            }
        }
    }

    private Optional<String> owner() throws AwsError {
        Optional<String> owner = form.value("ResourceOwner");
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        checkLength("resourceOwner", owner.get(), 1, LONGEST_ARN);
        Matcher matcher = OWNER.matcher(owner.get());
        if (!matcher.matches()) {
            throw AwsError.invalidInput("'" + owner.get() + "' is not a valid as a Resource Owner.");
        }
        return Optional.of(matcher.group(1));
    }

    /** Captured answers of actions that have options are the same with and without it (section 4.1). */
    private Optional<String> option() throws AwsError {
        Optional<String> option = form.value("ResourceHandlingOption");
        if (option.isPresent()) {
            checkLength("resourceHandlingOption", option.get(), 1, LONGEST_OPTION);
        }
        return option;
    }

    /** On given resources, other services' actions have no options (captured for S3). */
    private static void checkHandling(List<String> actions) throws AwsError {
        for (String action : actions) {
            String service = action.substring(0, action.indexOf(':')).toLowerCase(Locale.ROOT);
            if (!HANDLED.contains(service)) {
                throw AwsError.invalidInput("Invalid input resource handling options. Action does not support resource"
                        + " handling options: " + action + ". Please refer to the documentation for more details:"
                        + " https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html");
            }
        }
    }

    private int items() throws AwsError {
        Optional<String> text = form.value("MaxItems");
        if (text.isEmpty()) {
            return STANDARD_ITEMS;
        }
        int items;
        try {
            items = Integer.parseInt(text.get());
        } catch (NumberFormatException e) {
            throw AwsError.validation("maxItems", "Member must be a number");
        }
        if (items < 1) {
            throw AwsError.validation("maxItems", "Member must have value greater than or equal to 1");
        }
        if (items > MOST_ITEMS) {
            throw AwsError.validation("maxItems", "Member must have value less than or equal to " + MOST_ITEMS);
        }
        return items;
    }

    /** A marker is a place in the list of actions and nothing else (section 4.1). */
    private int from() throws AwsError {
        Optional<String> marker = form.value("Marker");
        if (marker.isEmpty()) {
            return 0;
        }
        checkLength("marker", marker.get(), 1, LONGEST_MARKER);
        try {
            String text = new String(Base64.getUrlDecoder().decode(marker.get()), StandardCharsets.US_ASCII);
            if (text.matches(MARKER + "[0-9]{1,9}")) {
                return Integer.parseInt(text, MARKER.length(), text.length(), 10);
            }
        } catch (IllegalArgumentException e) {
            throw invalidMarker();
        }
        throw invalidMarker();
    }

    private static AwsError invalidMarker() {
        return AwsError.invalidInput("Invalid marker for pagination.");
    }

    private static String marker(int from) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((MARKER + from).getBytes(StandardCharsets.US_ASCII));
    }

    private static void checkLength(String field, String value, int shortest, int longest) throws AwsError {
        if (value.length() < shortest) {
            throw AwsError.validation(field, "Member must have length greater than or equal to " + shortest);
        }
        if (value.length() > longest) {
            throw AwsError.validation(field, "Member must have length less than or equal to " + longest);
        }
    }
}
