package dev.portcullis.corpus;

import dev.portcullis.Decision;
import dev.portcullis.corpus.reference.ReferenceJson.Arr;
import dev.portcullis.corpus.reference.ReferenceJson.Bool;
import dev.portcullis.corpus.reference.ReferenceJson.Member;
import dev.portcullis.corpus.reference.ReferenceJson.Node;
import dev.portcullis.corpus.reference.ReferenceJson.Num;
import dev.portcullis.corpus.reference.ReferenceJson.Obj;
import dev.portcullis.corpus.reference.ReferenceJson.Str;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Semantics;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads cases, one JSON object a line, as described in {@code cases/README.md}. What the format does not know is an
 * error of that line; reading goes on with the next. Holds one line at a time. For one thread.
 */
public final class CaseReader {

    private final JsonLines lines;

    /** A reader of UTF-8 text; the stream stays the caller's to close. */
    public CaseReader(InputStream in) {
        this.lines = new JsonLines(in);
    }

    /**
     * The next line that isn't blank.
     *
     * @return empty at the end
     * @throws IOException if the stream can't be read
     */
    public Optional<Line<Case>> next() throws IOException {
        return lines.next().map(CaseReader::read);
    }

    /** Reads one line that was split off already. */
    static Line<Case> read(JsonLines.RawLine raw) {
        Fields.Source source = new Fields.Source(raw.text(), raw.number());
        String noId = "line " + raw.number();
        if (raw.problem().isPresent()) {
            return new Line.Faulty<>(raw.number(), noId, List.of(raw.problem().get()));
        }
        Optional<Fields> fields = Fields.of(source);
        if (fields.isEmpty()) {
            return new Line.Faulty<>(raw.number(), noId, source.sorted());
        }
        Case read = read(fields.get());
        String id = read.id().isEmpty() ? noId : read.id();
        return source.problems().isEmpty()
                ? new Line.Read<>(raw.number(), id, read)
                : new Line.Faulty<>(raw.number(), id, source.sorted());
    }

    private static Case read(Fields fields) {
        String id = fields.needText("id");
        boolean store = fields.truth("store").orElse(false);
        Map<String, PolicySource> texts = texts(fields);
        Optional<String> managementAccount = managementAccount(fields);
        AccessRequest request = request(fields, managementAccount, texts);
        Case.Layers layers = layers(fields, texts);
        Map<String, String> parameters = fields.textMap("parameters");
        if (store) {
            refuseBesideStore(fields, layers, managementAccount, parameters);
        }
        refuseUnusedTexts(fields, texts, request, layers);
        Case read = new Case(
                id,
                fields.source().line(),
                fields.text("rule").orElse(""),
                String.join("; ", fields.texts("why")),
                fields.text("kind").orElse(""),
                request,
                store,
                layers,
                parameters,
                semantics(fields),
                expectation(fields),
                reported(fields));
        fields.text("confidence");
        fields.text("source");
        fields.text("observed");
        fields.text("message");
        fields.textMap("decisionDetails");
        fields.end();
        return read;
    }

    private static Map<String, PolicySource> texts(Fields fields) {
        Map<String, PolicySource> texts = new LinkedHashMap<>();
        fields.textMap("policyTexts").forEach((name, text) -> texts.put(name, PolicySource.of(name, text)));
        return texts;
    }

    private static Optional<String> managementAccount(Fields fields) {
        return fields.object("org").flatMap(org -> {
            Optional<String> account = org.text("managementAccountId");
            org.end();
            return account;
        });
    }

    private static AccessRequest request(
            Fields fields, Optional<String> managementAccount, Map<String, PolicySource> texts) {
        String principal = "";
        String action = "";
        RequestFields.Resource resource = new RequestFields.Resource("", Optional.empty(), false);
        Map<String, ContextValue> context = Map.of();
        Optional<Fields> request = fields.needObject("request");
        if (request.isPresent()) {
            principal = RequestFields.principal(request.get());
            action = RequestFields.action(request.get());
            resource = RequestFields.resource(request.get());
            context = RequestFields.context(request.get());
            request.get().end();
        }
        return new AccessRequest(
                principal,
                action,
                resource.arn(),
                resource.account(),
                context,
                RequestFields.documentOrText(fields, "resourcePolicy", RequestFields.RESOURCE_POLICY, texts),
                RequestFields.sessionPolicies(fields, texts),
                RequestFields.facts(fields, managementAccount, resource.awsManagedKey()));
    }

    private static Case.Layers layers(Fields fields, Map<String, PolicySource> texts) {
        return new Case.Layers(
                RequestFields.namedDocuments(fields, "identityPolicies", texts).orElse(List.of()),
                RequestFields.namedDocuments(fields, "permissionBoundaries", texts),
                levels(fields, "serviceControlPolicies", texts),
                levels(fields, "resourceControlPolicies", texts),
                RequestFields.namedDocuments(fields, "vpcEndpointPolicies", texts),
                accessControlList(fields));
    }

    private static Optional<List<Case.Level>> levels(Fields fields, String field, Map<String, PolicySource> texts) {
        return fields.objects(field).map(elements -> {
            List<Case.Level> levels = new ArrayList<>();
            for (Fields element : elements) {
                String place = element.needText("orgIdentifier");
                List<PolicySource> policies =
                        RequestFields.namedDocuments(element, "policies", texts).orElse(List.of());
                element.end();
                levels.add(new Case.Level(place, policies));
            }
            return levels;
        });
    }

    private static Optional<AccessControlList> accessControlList(Fields fields) {
        return fields.object("resourceAcl").map(acl -> {
            List<AccessControlList.Grant> grants = new ArrayList<>();
            for (Fields grant : acl.objects("grants").orElse(List.of())) {
                String grantee = grant.needText("grantee");
                constant(grant, "permission", AccessControlList.Permission.class, true)
                        .ifPresent(permission -> grants.add(new AccessControlList.Grant(grantee, permission)));
                grant.end();
            }
            boolean enforced = acl.truth("enforced").orElse(true);
            boolean ignorePublic = acl.truth("ignorePublic").orElse(false);
            acl.end();
            return new AccessControlList(grants, enforced, ignorePublic);
        });
    }

    private static void refuseBesideStore(
            Fields fields, Case.Layers layers, Optional<String> managementAccount, Map<String, String> parameters) {
        boolean given = !layers.identityPolicies().isEmpty()
                || layers.boundaries().isPresent()
                || layers.serviceControlPolicies().isPresent()
                || layers.resourceControlPolicies().isPresent()
                || layers.endpointPolicies().isPresent()
                || layers.acl().isPresent()
                || managementAccount.isPresent()
                || !parameters.isEmpty();
        if (given) {
            fields.problem(
                    "store",
                    Optional.empty(),
                    "is true: beside the request a case can then give only `sessionPolicy`, `sessionPolicies`,"
                            + " `resourcePolicy`, `principalFacts` and `semantics`");
        }
    }

    private static void refuseUnusedTexts(
            Fields fields, Map<String, PolicySource> texts, AccessRequest request, Case.Layers layers) {
        if (texts.isEmpty()) {
            return;
        }
        List<PolicySource> used = new ArrayList<>(layers.identityPolicies());
        request.resourcePolicy().ifPresent(used::add);
        request.sessionPolicies().ifPresent(used::addAll);
        layers.boundaries().ifPresent(used::addAll);
        layers.endpointPolicies().ifPresent(used::addAll);
        layers.serviceControlPolicies().ifPresent(levels -> levels.forEach(level -> used.addAll(level.policies())));
        layers.resourceControlPolicies().ifPresent(levels -> levels.forEach(level -> used.addAll(level.policies())));
        for (PolicySource text : texts.values()) {
            if (!used.contains(text)) {
                fields.problem(
                        "policyTexts",
                        Optional.empty(),
                        "has a text for `" + text.name() + "`, which is no policy here");
            }
        }
    }

    private static Map<Semantics.Point, Boolean> semantics(Fields fields) {
        Map<Semantics.Point, Boolean> points = new EnumMap<>(Semantics.Point.class);
        Optional<Fields> given = fields.object("semantics");
        if (given.isPresent()) {
            for (Map.Entry<String, Member> entry : given.get().takeAll().entrySet()) {
                Member member = entry.getValue();
                Optional<Semantics.Point> point = constantNamed(entry.getKey(), Semantics.Point.class);
                if (point.isEmpty()) {
                    given.get()
                            .problem(entry.getKey(), Optional.of(member.name()), "is no contested point of the rules");
                } else if (member.value() instanceof Bool on) {
                    points.put(point.get(), on.value());
                } else {
                    given.get().problem(entry.getKey(), Optional.of(member.value()), "must be true or false");
                }
            }
        }
        return points;
    }

    private static Case.Expectation expectation(Fields fields) {
        Optional<Decision> decision = constant(fields, "expect", Decision.class, false);
        List<Case.ExpectedStatement> statements = new ArrayList<>();
        fields.take("expectStatement").ifPresent(node -> {
            List<Node> nodes = node instanceof Arr list ? list.elements() : List.of(node);
            for (Node element : nodes) {
                if (element instanceof Obj object) {
                    Fields statement = fields.inside("expectStatement", object);
                    statements.add(new Case.ExpectedStatement(statement.needText("policy"), statement.needText("sid")));
                    statement.end();
                } else {
                    fields.problem(
                            "expectStatement",
                            Optional.of(element),
                            "must be `{\"policy\", \"sid\"}` or a list of these");
                }
            }
        });
        return new Case.Expectation(decision, statements, fields.texts("expectMissing"));
    }

    private static Case.Reported reported(Fields fields) {
        Optional<List<String>> missing = fields.take("missingContext").map(node -> missingContext(fields, node));
        return new Case.Reported(missing, fields.objects("matchedStatements").map(CaseReader::matchedStatements));
    }

    private static List<String> missingContext(Fields fields, Node node) {
        List<String> keys = new ArrayList<>();
        if (node instanceof Arr list) {
            for (Node element : list.elements()) {
                if (element instanceof Str key) {
                    keys.add(key.value());
                } else {
                    fields.problem("missingContext", Optional.of(element), "must be a list of strings");
                }
            }
        } else {
            fields.problem("missingContext", Optional.of(node), "must be a list of strings");
        }
        return keys;
    }

    private static List<Case.MatchedStatement> matchedStatements(List<Fields> elements) {
        List<Case.MatchedStatement> statements = new ArrayList<>();
        for (Fields element : elements) {
            String policy = element.needText("policy");
            String type = element.needText("type");
            int[] start = place(element, "start");
            int[] end = place(element, "end");
            element.end();
            statements.add(new Case.MatchedStatement(policy, type, start[0], start[1], end[0], end[1]));
        }
        return statements;
    }

    private static int[] place(Fields fields, String name) {
        Optional<Node> node = fields.need(name);
        if (node.isPresent()
                && node.get() instanceof Arr pair
                && pair.elements().size() == 2
                && pair.elements().get(0) instanceof Num line
                && pair.elements().get(1) instanceof Num column) {
            try {
                return new int[] {Integer.parseInt(line.text()), Integer.parseInt(column.text())};
            } catch (NumberFormatException e) {
                // Reported below.
            }
        }
        node.ifPresent(n -> fields.problem(name, node, "must be `[line, column]`"));
        return new int[] {0, 0};
    }

    private static <E extends Enum<E>> Optional<E> constant(
            Fields fields, String field, Class<E> type, boolean needed) {
        Optional<Node> node = needed ? fields.need(field) : fields.take(field);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        Optional<E> constant = node.get() instanceof Str name ? constantNamed(name.value(), type) : Optional.empty();
        if (constant.isEmpty()) {
            StringBuilder names = new StringBuilder();
            for (E one : type.getEnumConstants()) {
                names.append(names.isEmpty() ? "" : ", ").append(one.name());
            }
            fields.problem(field, node, "must be one of " + names);
        }
        return constant;
    }

    private static <E extends Enum<E>> Optional<E> constantNamed(String name, Class<E> type) {
        for (E one : type.getEnumConstants()) {
            if (one.name().equals(name)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
