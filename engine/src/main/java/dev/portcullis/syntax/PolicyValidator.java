package dev.portcullis.syntax;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.PolicyVersion;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.Statement;
import dev.portcullis.syntax.SyntaxTree.ArrayNode;
import dev.portcullis.syntax.SyntaxTree.Member;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@link SyntaxTree} to checked {@link PolicyDocument}, by the rules of its type. Finds everything there is to find in
 * one go and never throws for what is in a document. Stateless, safe for all threads.
 */
public final class PolicyValidator {

    private static final List<String> ELEMENTS = List.of("Version", "Id", "Statement");
    private static final List<PolicyVersion> VERSIONS = List.of(PolicyVersion.values());

    private final String name;
    private final PolicyType type;
    private final Checks checks;
    private final String source;
    private final Findings findings;
    private final Texts texts;
    private final boolean advises;

    private PolicyValidator(
            String name,
            PolicyType type,
            String source,
            Checks checks,
            Map<String, String> parameters,
            boolean advises) {
        this.name = name;
        this.type = type;
        this.checks = checks;
        this.source = source;
        this.findings = new Findings(name, checks);
        this.texts = new Texts(name, source, parameters, findings);
        this.advises = advises;
    }

    /**
     * What a document was found to be.
     *
     * @param document empty iff there is an error
     * @param diagnostics in document order
     */
    public record Result(Optional<PolicyDocument> document, List<Diagnostic> diagnostics) {}

    /**
     * Checks one document.
     *
     * @param source the text of the tree; spans count in it
     * @param parameters what placeholders are bound to
     */
    public static Result validate(
            String name,
            PolicyType type,
            SyntaxTree tree,
            String source,
            Checks checks,
            Map<String, String> parameters) {
        return new PolicyValidator(name, type, source, checks, parameters, true).validate(tree);
    }

    /** The same without looking for what is sound but questionable: all errors are found, but not all warnings. */
    public static Result validateOnly(
            String name,
            PolicyType type,
            SyntaxTree tree,
            String source,
            Checks checks,
            Map<String, String> parameters) {
        return new PolicyValidator(name, type, source, checks, parameters, false).validate(tree);
    }

    private Result validate(SyntaxTree tree) {
        PolicyDocument document = document(tree);
        List<Diagnostic> diagnostics = findings.report();
        return new Result(findings.errors() == 0 ? Optional.of(document) : Optional.empty(), diagnostics);
    }

    private PolicyDocument document(SyntaxTree template) {
        SyntaxTree tree = texts.bind(template);
        PolicySize.check(type, source, template, findings);
        CharacterSet.check(type, source, findings);
        if (!(tree instanceof ObjectNode root)) {
            findings.error(
                    "DATA_TYPE_MISMATCH", Shapes.opening(tree), "a policy must be an object, not " + Shapes.kind(tree));
            return new PolicyDocument(name, type, Optional.empty(), Optional.empty(), List.of(), source);
        }
        Elements elements = Elements.of(root);
        checkNames(elements);
        Optional<PolicyVersion> version = version(root, elements);
        Optional<String> id = id(elements);
        Examination examination =
                new Examination(type, checks, version.orElse(PolicyVersion.V2008_10_17), texts, findings);
        List<Statement> statements = statements(root, elements, examination);
        return new PolicyDocument(name, type, version, id, statements, source);
    }

    private void checkNames(Elements elements) {
        for (String element : elements.names()) {
            List<Member> members = elements.all(element);
            if (!ELEMENTS.contains(element)) {
                findings.error(
                        "INVALID_POLICY_ELEMENT",
                        members.get(0).name().span(),
                        Shown.quoted(element) + " is no element of a policy",
                        StatementValidator.ELEMENTS.contains(element)
                                ? Optional.of("it belongs in a statement")
                                : findings.didYouMean(element, ELEMENTS));
            }
            for (int i = 1; i < members.size(); i++) {
                Member repeated = members.get(i);
                findings.error(
                        "DUPLICATE_ELEMENT",
                        repeated.name().span(),
                        Shown.quoted(element) + " occurs a second time in one policy",
                        "the first is at " + members.get(0).name().span());
            }
        }
    }

    private Optional<PolicyVersion> version(ObjectNode root, Elements elements) {
        Optional<SyntaxTree> value = elements.last("Version");
        if (value.isEmpty()) {
            findings.warning(
                    "MISSING_VERSION",
                    Shapes.opening(root),
                    "the policy has no `Version` and is read as version 2008-10-17, without policy variables",
                    "add `\"Version\": \"2012-10-17\"`");
            return Optional.empty();
        }
        Optional<StringNode> text = Shapes.string("Version", value.get(), findings);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String written = text.get().value();
        Optional<PolicyVersion> version = Optional.empty();
        for (PolicyVersion candidate : VERSIONS) {
            if (candidate.text().equals(written)) {
                version = Optional.of(candidate);
            }
        }
        Span span = text.get().span();
        if (version.isEmpty()) {
            List<String> versions = VERSIONS.stream().map(PolicyVersion::text).toList();
            findings.error(
                    "INVALID_VERSION",
                    span,
                    Shown.quoted(written) + " is no version of the policy language",
                    "did you mean `" + Suggestions.nearest(written, versions).orElse("2012-10-17") + "`?");
        } else if (version.get() == PolicyVersion.V2008_10_17
                && (type == PolicyType.IDENTITY || type == PolicyType.BOUNDARY)) {
            findings.warning(
                    "OUTDATED_VERSION",
                    span,
                    "IAM takes no new policy of version 2008-10-17; policy variables are plain text in it",
                    "write `2012-10-17`");
        }
        return version;
    }

    private Optional<String> id(Elements elements) {
        Optional<SyntaxTree> value = elements.last("Id");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!type.namesPrincipals()) {
            findings.refused(
                    "INVALID_POLICY_ELEMENT",
                    elements.nameSpan("Id"),
                    "`Id` is no element of " + Examination.aType(type),
                    "only resource-based policies have one");
        }
        return Shapes.string("Id", value.get(), findings).map(StringNode::value);
    }

    private List<Statement> statements(ObjectNode root, Elements elements, Examination examination) {
        Optional<SyntaxTree> value = elements.last("Statement");
        if (value.isEmpty()) {
            findings.error("MISSING_STATEMENT", Shapes.opening(root), "the policy has no `Statement`");
            return List.of();
        }
        List<ObjectNode> nodes = new ArrayList<>();
        if (value.get() instanceof ObjectNode single) {
            nodes.add(single);
        } else if (value.get() instanceof ArrayNode array) {
            if (array.elements().isEmpty()) {
                findings.refused("MISSING_STATEMENT", array.span(), "the list of statements is empty");
            }
            for (SyntaxTree entry : array.elements()) {
                if (entry instanceof ObjectNode node) {
                    nodes.add(node);
                } else {
                    findings.error(
                            "DATA_TYPE_MISMATCH",
                            Shapes.opening(entry),
                            "a statement must be an object, not " + Shapes.kind(entry));
                }
            }
        } else {
            Shapes.mismatch("Statement", "an object or a list of objects", value.get(), findings);
        }
        if (nodes.size() > Limits.STATEMENTS) {
            findings.error(
                    "TOO_MANY_STATEMENTS",
                    Shapes.opening(value.get()),
                    "the policy has " + nodes.size() + " statements, more than " + Limits.STATEMENTS);
            return List.of();
        }
        return statements(nodes, examination);
    }

    private List<Statement> statements(List<ObjectNode> nodes, Examination examination) {
        StatementValidator validator = new StatementValidator(examination);
        List<Statement> statements = new ArrayList<>(nodes.size());
        for (ObjectNode node : nodes) {
            validator.read(statements.size(), node).ifPresent(statements::add);
        }
        if (advises) {
            DocumentLint.check(statements, examination);
        }
        return statements;
    }

    /** Names of the elements of a policy. */
    static Set<String> elements() {
        return Set.copyOf(ELEMENTS);
    }
}
