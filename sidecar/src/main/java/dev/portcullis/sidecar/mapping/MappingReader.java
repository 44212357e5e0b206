package dev.portcullis.sidecar.mapping;

import com.nimbusds.jose.jwk.JWKSet;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import dev.portcullis.sidecar.mapping.Mapping.Identity;
import dev.portcullis.sidecar.mapping.RouteRequests.Route;
import dev.portcullis.sidecar.mapping.Template.Filling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a mapping file's tree; collects all that is wrong with it. */
final class MappingReader {

    private static final Set<String> COMMON =
            Set.of("identity", "context", "clientAddress", "scheme", "routes", "awsJson", "awsQuery", "s3");

    private final Problems problems;
    private final Path folder;
    private final Map<String, String> parameters = new HashMap<>();

    /** @param folder that relative paths start at */
    MappingReader(Problems problems, Path folder) {
        this.problems = problems;
        this.folder = folder;
    }

    Mappings read(JsonNode root) {
        if (!root.is(Kind.OBJECT)) {
            problems.add(root, "a mapping file is an object");
            return Mappings.NONE;
        }
        Set<String> known = new HashSet<>(COMMON);
        known.addAll(Set.of("parameters", "mappings", "authzen"));
        problems.onlyMembers(root, "a mapping file", known);
        problems.member(root, "parameters", Kind.OBJECT)
                .ifPresent(node -> node.members()
                        .forEach((name, value) -> problems.of(value, Kind.STRING, "parameter `" + name + "`")
                                .ifPresent(text -> parameters.put(name, text.text()))));
        List<Mapping> mappings = new ArrayList<>();
        boolean alone = root.member("mappings").isEmpty();
        boolean ownKind = Set.of("routes", "awsJson", "awsQuery", "s3").stream()
                .anyMatch(name -> root.member(name).isPresent());
        if (ownKind || (alone && root.member("authzen").isEmpty())) {
            mappings.add(mapping("default", root, root));
        }
        problems.member(root, "mappings", Kind.OBJECT)
                .ifPresent(node -> node.members()
                        .forEach((name, value) -> problems.of(value, Kind.OBJECT, "mapping `" + name + "`")
                                .ifPresent(object -> mappings.add(named(name, object, root)))));
        if (mappings.stream().filter(mapping -> mapping.hosts().isEmpty()).count() > 1) {
            problems.add(root, "several mappings are for every host: only one may have no `hosts`");
        }
        AuthzenNames authzen = problems.member(root, "authzen", Kind.OBJECT)
                .map(this::authzen)
                .orElseGet(() -> new AuthzenNames(
                        parameters.getOrDefault("account", AuthzenNames.DEFAULT.account()),
                        AuthzenNames.DEFAULT.prefix(),
                        Map.of(),
                        Map.of(),
                        List.of()));
        return new Mappings(mappings, authzen);
    }

    private Mapping named(String name, JsonNode node, JsonNode root) {
        Set<String> known = new HashSet<>(COMMON);
        known.add("hosts");
        problems.onlyMembers(node, "a mapping", known);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            problems.add(node, "`" + name + "` is no name for a mapping");
        }
        return mapping(name, node, root);
    }

    /** What a mapping doesn't say itself, the file says for all. */
    private Mapping mapping(String name, JsonNode node, JsonNode root) {
        RequestKind kind = kind(node);
        List<String> hosts = new ArrayList<>();
        problems.strings(node, "hosts").forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        if (kind instanceof S3Requests s3 && hosts.isEmpty()) {
            for (String host : s3.hosts()) {
                hosts.add(host);
                hosts.add("*." + host);
            }
        }
        JsonNode identity =
                node.member("identity").orElseGet(() -> root.member("identity").orElse(null));
        if (identity == null) {
            problems.add(node, "`identity` is missing: nobody could be identified");
        }
        Map<String, ContextRule> context = new HashMap<>();
        for (JsonNode level : node.equals(root) ? List.of(root) : List.of(root, node)) {
            contextOf(level, Set.of()).forEach(rule -> context.put(rule.key().toLowerCase(Locale.ROOT), rule));
        }
        return new Mapping(
                name,
                hosts,
                identity == null ? List.of() : identities(identity),
                List.copyOf(context.values()),
                headerName(node, root, "clientAddress"),
                headerName(node, root, "scheme"),
                kind);
    }

    private String headerName(JsonNode node, JsonNode root, String member) {
        Optional<String> own = problems.string(node, member, false);
        return own.or(() -> problems.string(root, member, false)).orElse("").toLowerCase(Locale.ROOT);
    }

    private List<Identity> identities(JsonNode node) {
        List<Identity> identities = new ArrayList<>();
        Optional<JsonNode> list = problems.of(node, Kind.ARRAY, "`identity`");
        if (list.isPresent()) {
            for (JsonNode entry : list.get().elements()) {
                problems.of(entry, Kind.OBJECT, "an entry of `identity`")
                        .flatMap(this::identity)
                        .ifPresent(identities::add);
            }
            if (list.get().elements().isEmpty()) {
                problems.add(node, "`identity` is empty: nobody could be identified");
            }
        }
        return identities;
    }

    private Optional<Identity> identity(JsonNode node) {
        problems.onlyMembers(
                node, "an entry of `identity`", Set.of("header", "certificate", "jwt", "anonymous", "principal"));
        int sources = 0;
        IdentitySource source = null;
        Optional<String> header = problems.string(node, "header", false);
        if (header.isPresent()) {
            sources++;
            source = new IdentitySource.Header(header.get().toLowerCase(Locale.ROOT));
        }
        if (problems.member(node, "certificate", Kind.BOOLEAN)
                .map(JsonNode::truth)
                .orElse(false)) {
            sources++;
            source = new IdentitySource.ClientCertificate();
        }
        if (problems.member(node, "anonymous", Kind.BOOLEAN)
                .map(JsonNode::truth)
                .orElse(false)) {
            sources++;
            source = request -> Optional.of(Identified.NOBODY);
        }
        Optional<JsonNode> jwt = problems.member(node, "jwt", Kind.OBJECT);
        if (jwt.isPresent()) {
            sources++;
            source = jwt(jwt.get());
        }
        if (sources != 1) {
            problems.add(node, "an identity comes from one of `header`, `certificate`, `jwt`, `anonymous`");
            return Optional.empty();
        }
        boolean anonymous = node.member("anonymous").isPresent();
        Template principal = template(node, "principal", anonymous ? "anonymous" : null, Set.of(), Filling.NAME);
        return source == null || principal == null ? Optional.empty() : Optional.of(new Identity(source, principal));
    }

    private IdentitySource jwt(JsonNode node) {
        problems.onlyMembers(node, "`jwt`", Set.of("keys", "issuer", "audience", "algorithms", "header"));
        Optional<String> place = problems.string(node, "keys", true);
        Optional<String> issuer = problems.string(node, "issuer", true);
        Optional<String> audience = problems.string(node, "audience", true);
        List<String> algorithms = problems.strings(node, "algorithms");
        for (String algorithm : algorithms) {
            if (!JwtIdentity.ALGORITHMS.contains(algorithm)) {
                problems.add(node, "`" + algorithm + "` is none of the algorithms " + JwtIdentity.ALGORITHMS);
            }
        }
        String header =
                problems.string(node, "header", false).orElse("authorization").toLowerCase(Locale.ROOT);
        if (place.isEmpty() || issuer.isEmpty() || audience.isEmpty()) {
            return null;
        }
        try {
            JWKSet keys = KeySets.read(place.get(), folder);
            return new JwtIdentity(
                    header,
                    keys,
                    algorithms.isEmpty() ? JwtIdentity.ALGORITHMS : Set.copyOf(algorithms),
                    issuer.get(),
                    audience.get());
        } catch (IOException | IllegalArgumentException e) {
            problems.add(node, "`keys` can't be read: " + e.getMessage());
            return null;
        }
    }

    private RequestKind kind(JsonNode node) {
        List<RequestKind> kinds = new ArrayList<>();
        problems.member(node, "routes", Kind.OBJECT).ifPresent(routes -> kinds.add(routes(routes)));
        problems.member(node, "awsJson", Kind.OBJECT).ifPresent(aws -> kinds.add(aws(aws, true)));
        problems.member(node, "awsQuery", Kind.OBJECT).ifPresent(aws -> kinds.add(aws(aws, false)));
        problems.member(node, "s3", Kind.OBJECT).ifPresent(s3 -> kinds.add(s3(s3)));
        if (kinds.size() != 1) {
            problems.add(
                    node, "a mapping has one of `routes`, `awsJson`, `awsQuery`, `s3`; use `mappings` for several");
        }
        return kinds.isEmpty() ? new RouteRequests(List.of()) : kinds.get(0);
    }

    private RequestKind routes(JsonNode node) {
        List<Route> routes = new ArrayList<>();
        node.members().forEach((text, value) -> {
            List<String> wrong = new ArrayList<>();
            RouteTemplate template = RouteTemplate.of(text, wrong);
            problems.addAll(value, wrong);
            if (problems.of(value, Kind.OBJECT, "a route").isEmpty() || !wrong.isEmpty()) {
                return;
            }
            problems.onlyMembers(value, "a route", Set.of("action", "resource", "context"));
            for (Route other : routes) {
                if (template.sameShape(other.template())) {
                    problems.add(value, "`" + text + "` matches the same requests as `" + other.template() + "`");
                }
            }
            Template action = template(value, "action", null, template.captures(), Filling.NAME);
            Template resource = template(value, "resource", "*", template.captures(), Filling.RESOURCE);
            if (action != null && resource != null) {
                checkAction(value, action.toString());
                routes.add(new Route(template, action, resource, contextOf(value, template.captures())));
            }
        });
        routes.sort((one, two) -> one.template().compare(two.template()));
        return new RouteRequests(List.copyOf(routes));
    }

    private void checkAction(JsonNode where, String action) {
        if (!action.contains("{") && !action.matches("[A-Za-z0-9-]+:[A-Za-z0-9.@/_-]+")) {
            problems.add(where, "`" + action + "` is no action; write SERVICE:NAME");
        }
    }

    private RequestKind aws(JsonNode node, boolean json) {
        String what = json ? "`awsJson`" : "`awsQuery`";
        Set<String> known = new HashSet<>(Set.of("service", "resource", "context", "operations"));
        if (json) {
            known.add("target");
        }
        problems.onlyMembers(node, what, known);
        String service = problems.string(node, "service", true).orElse("");
        String prefix = json ? problems.string(node, "target", true).orElse("") : "";
        List<ContextRule> context = contextOf(node, Set.of());
        Template resource = template(node, "resource", "*", Set.of(), Filling.RESOURCE);
        Map<String, AwsRequests.Rule> operations = new HashMap<>();
        problems.member(node, "operations", Kind.OBJECT)
                .ifPresent(all -> all.members()
                        .forEach((name, value) -> problems.of(value, Kind.OBJECT, "operation `" + name + "`")
                                .ifPresent(rule -> {
                                    problems.onlyMembers(rule, "an operation", Set.of("action", "resource", "context"));
                                    List<ContextRule> own = new ArrayList<>(context);
                                    own.addAll(contextOf(rule, Set.of()));
                                    operations.put(
                                            name,
                                            new AwsRequests.Rule(
                                                    problems.string(rule, "action", false)
                                                            .orElse(""),
                                                    rule.member("resource").isPresent()
                                                            ? template(
                                                                    rule, "resource", "*", Set.of(), Filling.RESOURCE)
                                                            : resource,
                                                    own));
                                })));
        checkAction(node, service + ":X");
        return new AwsRequests(json, prefix, service, new AwsRequests.Rule("", resource, context), operations);
    }

    private RequestKind s3(JsonNode node) {
        problems.onlyMembers(node, "`s3`", Set.of("hosts", "partition"));
        List<String> hosts = problems.strings(node, "hosts").stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
        if (hosts.isEmpty()) {
            problems.add(node, "`hosts` is missing: the names that buckets are below");
        }
        return new S3Requests(hosts, problems.string(node, "partition", false).orElse("aws"));
    }

    private List<ContextRule> contextOf(JsonNode node, Set<String> captures) {
        List<ContextRule> rules = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        problems.member(node, "context", Kind.OBJECT)
                .ifPresent(context -> context.members().forEach((key, value) -> {
                    if (key.isEmpty() || !seen.add(key.toLowerCase(Locale.ROOT))) {
                        problems.add(value, "context key `" + key + "` is empty or there twice");
                    }
                    boolean list = value.is(Kind.ARRAY);
                    List<Template> templates = new ArrayList<>();
                    for (JsonNode one : list ? value.elements() : List.of(value)) {
                        problems.of(one, Kind.STRING, "a value of context key `" + key + "`")
                                .ifPresent(text -> templates.add(template(one, text.text(), captures, Filling.FREE)));
                    }
                    if (list || !templates.isEmpty()) {
                        rules.add(new ContextRule(key, templates, list));
                    }
                }));
        return rules;
    }

    private Template template(JsonNode parent, String name, String otherwise, Set<String> captures, Filling filling) {
        Optional<String> text = problems.string(parent, name, otherwise == null);
        if (text.isEmpty() && otherwise == null) {
            return null;
        }
        return template(parent.member(name).orElse(parent), text.orElse(otherwise), captures, filling);
    }

    private Template template(JsonNode where, String text, Set<String> captures, Filling filling) {
        List<String> wrong = new ArrayList<>();
        Template template = Template.of(text, parameters, captures, filling, wrong);
        problems.addAll(where, wrong);
        return template;
    }

    private AuthzenNames authzen(JsonNode node) {
        problems.onlyMembers(node, "`authzen`", Set.of("account", "prefix", "subjects", "resources", "actions"));
        String account = problems.string(node, "account", false)
                .orElse(parameters.getOrDefault("account", AuthzenNames.DEFAULT.account()));
        if (!account.matches("[0-9]{12}")) {
            problems.add(node, "`account` is 12 digits");
        }
        String prefix = problems.string(node, "prefix", false).orElse(AuthzenNames.DEFAULT.prefix());
        if (!prefix.matches("[a-z0-9-]{1,40}")) {
            problems.add(node, "`prefix` is made of small letters, digits and -");
        }
        return new AuthzenNames(
                account, prefix, forms(node, "subjects"), forms(node, "resources"), problems.strings(node, "actions"));
    }

    private Map<String, String> forms(JsonNode node, String name) {
        Map<String, String> forms = new HashMap<>();
        problems.member(node, name, Kind.OBJECT)
                .ifPresent(object -> object.members()
                        .forEach((type, value) -> problems.of(value, Kind.STRING, "the form of `" + type + "`")
                                .ifPresent(text -> {
                                    String form = text.text();
                                    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                                        form = form.replace("{" + parameter.getKey() + "}", parameter.getValue());
                                    }
                                    if (!form.contains("{id}")
                                            || form.replace("{id}", "").matches(".*[{}].*")) {
                                        problems.add(
                                                value,
                                                "`" + text.text() + "` needs {id} and takes parameters, nothing else");
                                    }
                                    forms.put(type, form);
                                })));
        return forms;
    }
}
