package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.ReferenceJson.Arr;
import dev.portcullis.corpus.reference.ReferenceJson.Member;
import dev.portcullis.corpus.reference.ReferenceJson.Node;
import dev.portcullis.corpus.reference.ReferenceJson.Obj;
import dev.portcullis.corpus.reference.ReferenceJson.Str;
import dev.portcullis.corpus.reference.StatementText.ActionList;
import dev.portcullis.corpus.reference.StatementText.PrincipalList;
import dev.portcullis.corpus.reference.StatementText.ResourceEntry;
import dev.portcullis.corpus.reference.StatementText.ResourceList;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one document (section 1 of the language's rules). Used once. */
final class PolicyReading {

    private static final Set<String> STATEMENT_ELEMENTS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");

    /** L13: what may stand twice in a document that is old enough. */
    private static final Set<String> REPEATABLE = Set.of("Effect", "Action", "Resource");

    private final String name;
    private final PolicyType type;
    private final Problems problems;
    private final Strings strings;
    private final Semantics semantics;
    private boolean variables;

    PolicyReading(String name, PolicyType type, Problems problems, Semantics semantics) {
        this.name = name;
        this.type = type;
        this.problems = problems;
        this.strings = new Strings(problems);
        this.semantics = semantics;
    }

    ReferencePolicy document(Node node) {
        List<StatementText> statements = new ArrayList<>();
        if (node instanceof Obj document) {
            noRepeats(document, Set.of());
            for (Member member : document.members()) {
                // L2, L11
                if (!Set.of("Version", "Id", "Statement").contains(member.name().value())) {
                    problems.add(
                            member.name(), quoted(member.name()) + " is not an element of a policy (rules L2, L11)");
                }
            }
            variables = readVersion(document);
            document.get("Id").ifPresent(id -> strings.of(id, "`Id`"));
            readStatements(document, statements);
        } else {
            problems.add(node, "a policy is one JSON object (rule L1)");
        }
        if (type == PolicyType.RESOURCE_CONTROL) {
            ResourceControlGrammar.check(statements, problems);
        }
        problems.refuseIfAny();
        return new ReferencePolicy(name, type, variables, statements);
    }

    /** L3, L4: whether the version is 2012-10-17; without one it is 2008-10-17. */
    private boolean readVersion(Obj document) {
        Optional<Node> version = document.get("Version");
        if (version.isEmpty()) {
            return false;
        }
        String text = strings.of(version.get(), "`Version`").orElse("2008-10-17");
        if (!text.equals("2012-10-17") && !text.equals("2008-10-17")) {
            problems.add(version.get(), "`" + text + "` is no version: 2012-10-17 or 2008-10-17 (rule L3)");
        }
        return text.equals("2012-10-17");
    }

    /** L5: one statement, or an array of them; a stored document with none grants nothing. */
    private void readStatements(Obj document, List<StatementText> statements) {
        Optional<Node> found = document.get("Statement");
        if (found.isEmpty()) {
            problems.add(document, "`Statement` is missing (rule L5)");
            return;
        }
        List<Node> nodes = found.get() instanceof Arr array ? array.elements() : List.of(found.get());
        if (nodes.size() > Limits.STATEMENTS) {
            problems.add(found.get(), "more than " + Limits.STATEMENTS + " statements");
            return;
        }
        for (Node node : nodes) {
            if (node instanceof Obj statement) {
                readStatement(statements.size(), statement).ifPresent(statements::add);
            } else {
                problems.add(node, "a statement is a JSON object (rule L5)");
            }
        }
    }

    private Optional<StatementText> readStatement(int index, Obj statement) {
        noRepeats(statement, REPEATABLE);
        for (Member member : statement.members()) {
            // L8, L11
            if (!STATEMENT_ELEMENTS.contains(member.name().value())) {
                problems.add(
                        member.name(), quoted(member.name()) + " is not an element of a statement (rules L8, L11)");
            }
        }
        Optional<String> sid = statement.get("Sid").flatMap(node -> strings.of(node, "`Sid`"));
        Optional<Effect> effect = readEffect(statement);
        Optional<PrincipalList> principal =
                new PrincipalReading(type, problems, strings, variables).read(statement, this::oneOf);
        Optional<ActionList> action = readAction(statement);
        Optional<ResourceList> resource = readResource(statement);
        Optional<Node> condition = statement.get("Condition");
        ConditionReading conditions = new ConditionReading(problems, strings, variables, semantics);
        condition.ifPresent(conditions::read);
        boolean emptyCondition = condition.isPresent()
                && condition.get() instanceof Obj block
                && block.members().isEmpty();
        if (effect.isEmpty() || action.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StatementText(
                index,
                sid,
                effect.get(),
                principal,
                action.get(),
                resource,
                conditions.clauses(),
                emptyCondition,
                problems.span(statement)));
    }

    /** L12: a name stands once in an object, but for what L13 gives a meaning to. */
    private void noRepeats(Obj object, Set<String> repeatable) {
        Set<String> names = new HashSet<>();
        for (Member member : object.members()) {
            String memberName = member.name().value();
            if (!names.add(memberName) && !repeatable.contains(memberName)) {
                problems.add(member.name(), quoted(member.name()) + " stands twice in one object (rules L6, L12)");
            }
        }
    }

    /** L10; L13: the last one counts. */
    private Optional<Effect> readEffect(Obj statement) {
        Optional<Node> node = statement.get("Effect");
        if (node.isEmpty()) {
            problems.add(statement, "`Effect` is missing (rule L8)");
            return Optional.empty();
        }
        Optional<String> text = strings.of(node.get(), "`Effect`");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return switch (text.get()) {
            case "Allow" -> Optional.of(Effect.ALLOW);
            case "Deny" -> Optional.of(Effect.DENY);
            default -> {
                problems.add(node.get(), "`" + text.get() + "` is no effect: Allow or Deny (rule L10)");
                yield Optional.empty();
            }
        };
    }

    /** L9: of an element and its negation only one may stand; which one does. */
    private Optional<Boolean> oneOf(Obj statement, String element) {
        boolean plain = statement.get(element).isPresent();
        boolean not = statement.get("Not" + element).isPresent();
        if (plain && not) {
            problems.add(statement, "`" + element + "` and `Not" + element + "` in one statement (rule L9)");
        }
        return plain || not ? Optional.of(not) : Optional.empty();
    }

    /** L13: the entries of all members of that name, joined. */
    private List<Strings.Entry> entries(Obj statement, String element) {
        List<Strings.Entry> entries = new ArrayList<>();
        for (Member member : statement.members()) {
            if (member.name().value().equals(element)) {
                entries.addAll(strings.list(member.value(), "`" + element + "`"));
            }
        }
        return entries;
    }

    private Optional<ActionList> readAction(Obj statement) {
        Optional<Boolean> not = oneOf(statement, "Action");
        if (not.isEmpty()) {
            problems.add(statement, "`Action` or `NotAction` is missing (rule L8)");
            return Optional.empty();
        }
        List<String> patterns = new ArrayList<>();
        for (Strings.Entry entry : entries(statement, not.get() ? "NotAction" : "Action")) {
            String text = entry.text();
            if (variables && text.contains("${")) {
                problems.add(entry.node(), "a variable in an action (rule L37)");
            } else if (!isAction(text)) {
                problems.add(entry.node(), "`" + text + "` is not `prefix:name` or `*` (rule L29)");
            }
            patterns.add(text);
        }
        return Optional.of(new ActionList(not.get(), patterns));
    }

    /** L29: the single star, or a prefix, one colon and a name. */
    private static boolean isAction(String text) {
        int colon = text.indexOf(':');
        return text.equals("*") || (colon > 0 && text.indexOf(':', colon + 1) < 0);
    }

    private Optional<ResourceList> readResource(Obj statement) {
        Optional<Boolean> not = oneOf(statement, "Resource");
        if (type == PolicyType.TRUST) {
            if (not.isPresent()) {
                problems.add(statement, "a role trust policy has no `Resource` (rule L8)");
            }
            return Optional.empty();
        }
        if (not.isEmpty()) {
            problems.add(statement, "`Resource` or `NotResource` is missing (rule L8)");
            return Optional.empty();
        }
        List<ResourceEntry> resources = new ArrayList<>();
        for (Strings.Entry entry : entries(statement, not.get() ? "NotResource" : "Resource")) {
            // L49
            if (!entry.text().equals("*") && !entry.text().startsWith("arn:")) {
                problems.add(entry.node(), "`" + entry.text() + "` is not an ARN or `*` (rule L49)");
            }
            strings.pattern(entry, true, variables)
                    .ifPresent(pattern -> resources.add(new ResourceEntry(entry.text(), pattern)));
        }
        return Optional.of(new ResourceList(not.get(), resources));
    }

    private static String quoted(Str text) {
        return "`" + text.value() + "`";
    }
}
