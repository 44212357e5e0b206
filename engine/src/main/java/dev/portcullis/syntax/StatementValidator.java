package dev.portcullis.syntax;

import dev.portcullis.policy.ActionElement;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.PrincipalElement;
import dev.portcullis.policy.ResourceElement;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.Statement;
import dev.portcullis.syntax.SyntaxTree.Member;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One statement: which elements it has, and what they mean (rules L8 to L14). */
final class StatementValidator {

    /** In the order of the grammar. */
    static final List<String> ELEMENTS = List.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");

    private static final List<Effect> EFFECTS = List.of(Effect.values());

    /** What old stored documents may have several times: the last Effect wins, the others are joined (rule L13). */
    private static final Set<String> REPEATABLE = Set.of("Effect", "Action", "Resource");

    private final Examination examination;
    private final Findings findings;
    private final PolicyType type;
    private final PrincipalValidator principals;
    private final ActionValidator actions;
    private final ResourceValidator resources;
    private final ConditionValidator conditions;
    private final ResourceControlRules resourceControl;
    private final Map<String, Span> sids = new HashMap<>();

    StatementValidator(Examination examination) {
        this.examination = examination;
        this.findings = examination.findings();
        this.type = examination.type();
        this.principals = new PrincipalValidator(examination);
        this.actions = new ActionValidator(examination);
        this.resources = new ResourceValidator(examination);
        this.conditions = new ConditionValidator(examination);
        this.resourceControl = new ResourceControlRules(findings);
    }

    /** The statement; empty if it has an error. */
    Optional<Statement> read(int index, ObjectNode node) {
        int errorsBefore = findings.errors();
        Elements elements = Elements.of(node);
        checkNames(elements);
        exclude(elements, "Principal", "NotPrincipal");
        exclude(elements, "Action", "NotAction");
        exclude(elements, "Resource", "NotResource");
        Optional<String> sid = sid(elements);
        Optional<Effect> effect = effect(node, elements);
        Optional<PrincipalElement> principal = principal(node, elements, effect);
        Optional<ActionElement> action = action(node, elements);
        Optional<ResourceElement> resource = resource(node, elements);
        Optional<SyntaxTree> condition = elements.last("Condition");
        List<Condition> all = condition.map(conditions::read).orElse(List.of());
        boolean emptyCondition = condition.isPresent()
                && condition.get() instanceof ObjectNode block
                && block.members().isEmpty();
        if (type == PolicyType.RESOURCE_CONTROL && effect.isPresent() && action.isPresent()) {
            Span effectSpan = elements.last("Effect").orElseThrow().span();
            resourceControl.check(effect.get(), effectSpan, action.get(), resource, all);
        }
        if (findings.errors() > errorsBefore) {
            return Optional.empty();
        }
        return Optional.of(new Statement(
                index,
                sid,
                effect.orElseThrow(),
                principal,
                action.orElseThrow(),
                resource,
                all,
                emptyCondition,
                node.span()));
    }

    private void checkNames(Elements elements) {
        for (String element : elements.names()) {
            List<Member> members = elements.all(element);
            if (!ELEMENTS.contains(element)) {
                findings.error(
                        "INVALID_POLICY_ELEMENT",
                        members.get(0).name().span(),
                        Shown.quoted(element) + " is no element of a statement",
                        PolicyValidator.elements().contains(element)
                                ? Optional.of("it belongs beside `Statement`, not in it")
                                : findings.didYouMean(element, ELEMENTS));
            }
            for (int i = 1; i < members.size(); i++) {
                Member repeated = members.get(i);
                String message = Shown.quoted(element) + " occurs a second time in one statement";
                String help = "the first is at " + members.get(0).name().span();
                if (REPEATABLE.contains(element)) {
                    findings.refused(
                            "DUPLICATE_ELEMENT", repeated.name().span(), message, help + "; " + repetition(element));
                } else {
                    findings.error("DUPLICATE_ELEMENT", repeated.name().span(), message, help);
                }
            }
        }
    }

    private static String repetition(String element) {
        return "where AWS holds such a document, "
                + (element.equals("Effect") ? "the last one counts" : "all of them count");
    }

    private void exclude(Elements elements, String name, String negated) {
        if (elements.has(name) && elements.has(negated)) {
            findings.error(
                    "UNSUPPORTED_ELEMENT_COMBINATION",
                    elements.nameSpan(negated),
                    "a statement has either `" + name + "` or `" + negated + "`, not both");
        }
    }

    private Optional<String> sid(Elements elements) {
        Optional<StringNode> node = elements.last("Sid").flatMap(value -> Shapes.string("Sid", value, findings));
        if (node.isEmpty()) {
            return Optional.empty();
        }
        String sid = node.get().value();
        Span span = node.get().span();
        if (sid.isEmpty()) {
            findings.suggestion("EMPTY_SID_VALUE", span, "the `Sid` is empty", "give it a value or remove it");
            return Optional.of(sid);
        }
        if (!ActionValidator.isAlphanumeric(sid)) {
            String message = "the `Sid` " + Shown.quoted(sid) + " has other characters than A-Z, a-z and 0-9";
            if (examination.isOfIam()) {
                findings.refused("UNSUPPORTED_SID", span, message);
            } else if (type == PolicyType.SERVICE_CONTROL || type == PolicyType.RESOURCE_CONTROL) {
                findings.warning("UNSUPPORTED_SID", span, message);
            }
        }
        Span first = sids.putIfAbsent(sid, span);
        if (first != null) {
            String message = "the `Sid` " + Shown.quoted(sid) + " is that of another statement";
            String help = "the first is at " + first;
            if (examination.isOfIam()) {
                findings.refused("UNIQUE_SIDS_REQUIRED", span, message, help);
            } else {
                findings.warning("UNIQUE_SIDS_RECOMMENDED", span, message, help);
            }
        }
        return Optional.of(sid);
    }

    private Optional<Effect> effect(ObjectNode statement, Elements elements) {
        if (!elements.has("Effect")) {
            findings.error("MISSING_EFFECT", Shapes.opening(statement), "the statement has no `Effect`");
            return Optional.empty();
        }
        Optional<Effect> effect = Optional.empty();
        for (Member member : elements.all("Effect")) {
            Optional<StringNode> node = Shapes.string("Effect", member.value(), findings);
            effect = node.flatMap(this::effect);
        }
        return effect;
    }

    private Optional<Effect> effect(StringNode node) {
        for (Effect effect : EFFECTS) {
            if (effect.text().equals(node.value())) {
                return Optional.of(effect);
            }
        }
        List<String> effects = EFFECTS.stream().map(Effect::text).toList();
        findings.error(
                "INVALID_EFFECT",
                node.span(),
                Shown.quoted(node.value()) + " is no effect",
                findings.didYouMean(node.value(), effects).orElse("write `Allow` or `Deny`"));
        return Optional.empty();
    }

    private Optional<PrincipalElement> principal(ObjectNode statement, Elements elements, Optional<Effect> effect) {
        boolean negated = !elements.has("Principal") && elements.has("NotPrincipal");
        String name = negated ? "NotPrincipal" : "Principal";
        Optional<SyntaxTree> value = elements.last(name);
        if (!type.namesPrincipals()) {
            value.ifPresent(present -> findings.error(
                    type == PolicyType.SERVICE_CONTROL ? "SCP_SYNTAX_ERROR_PRINCIPAL" : "UNSUPPORTED_PRINCIPAL",
                    elements.nameSpan(name),
                    "`" + name + "` is no element of " + examination.aType(),
                    "remove it: the policy applies to whatever it is attached to"));
            return Optional.empty();
        }
        if (value.isEmpty()) {
            findings.error(
                    "MISSING_PRINCIPAL",
                    Shapes.opening(statement),
                    "the statement has no `Principal`",
                    "every statement of " + examination.aType() + " says whom it is about");
            return Optional.empty();
        }
        if (negated) {
            checkNotPrincipal(elements.nameSpan(name), effect);
        }
        return principals.read(negated, value.get(), effect);
    }

    private void checkNotPrincipal(Span span, Optional<Effect> effect) {
        if (type == PolicyType.TRUST) {
            findings.error(
                    "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL",
                    span,
                    "`NotPrincipal` is no element of a role trust policy");
        } else if (type == PolicyType.RESOURCE_CONTROL) {
            findings.error(
                    "RCP_SYNTAX_ERROR_PRINCIPAL", span, "`NotPrincipal` is no element of a resource control policy");
        } else if (effect.equals(Optional.of(Effect.ALLOW))) {
            findings.securityWarning(
                    "ALLOW_WITH_NOTPRINCIPAL",
                    span,
                    "`Allow` with `NotPrincipal` lets in everyone who isn't listed, anonymous callers included",
                    "list in `Principal` whom to let in");
        }
    }

    private Optional<ActionElement> action(ObjectNode statement, Elements elements) {
        boolean negated = !elements.has("Action") && elements.has("NotAction");
        List<Member> members = elements.all(negated ? "NotAction" : "Action");
        if (members.isEmpty()) {
            findings.error(
                    "MISSING_ACTION", Shapes.opening(statement), "the statement has neither `Action` nor `NotAction`");
            return Optional.empty();
        }
        return Optional.of(actions.read(negated, elements.nameSpan(negated ? "NotAction" : "Action"), values(members)));
    }

    private Optional<ResourceElement> resource(ObjectNode statement, Elements elements) {
        boolean negated = !elements.has("Resource") && elements.has("NotResource");
        String name = negated ? "NotResource" : "Resource";
        List<Member> members = elements.all(name);
        if (type == PolicyType.TRUST) {
            if (!members.isEmpty()) {
                findings.error(
                        "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
                        elements.nameSpan(name),
                        "`" + name + "` is no element of a role trust policy",
                        "remove it: the role that the policy is attached to is meant");
            }
            return Optional.empty();
        }
        if (members.isEmpty()) {
            missingResource(statement);
            return Optional.empty();
        }
        return Optional.of(resources.read(negated, values(members)));
    }

    private static List<SyntaxTree> values(List<Member> members) {
        if (members.size() == 1) {
            return List.of(members.get(0).value());
        }
        List<SyntaxTree> values = new ArrayList<>(members.size());
        for (Member member : members) {
            values.add(member.value());
        }
        return values;
    }

    private void missingResource(ObjectNode statement) {
        Span span = Shapes.opening(statement);
        String message = "the statement has neither `Resource` nor `NotResource`";
        if (type == PolicyType.RESOURCE) {
            // Some services take such documents, and mean the resource they are attached to (rule E33).
            findings.refused("MISSING_RESOURCE", span, message, "without one the resource it is attached to is meant");
        } else {
            findings.error("MISSING_RESOURCE", span, message);
        }
    }
}
