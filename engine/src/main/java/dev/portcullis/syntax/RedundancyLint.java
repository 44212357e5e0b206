package dev.portcullis.syntax;

import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.Principal;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Entries that another entry of their list takes in, and statements that occur twice. */
final class RedundancyLint {

    /** Enough for every policy that AWS publishes, and a fraction of a second. */
    private static final long STEPS = 20_000_000;

    private final Findings findings;
    private final Coverage coverage = new Coverage(STEPS);
    private final Map<String, Span> statements = new HashMap<>();

    RedundancyLint(Findings findings) {
        this.findings = findings;
    }

    void check(Statement statement) {
        checkActions(statement.action().patterns());
        statement.resource().ifPresent(resource -> checkResources(resource.patterns()));
        Span first = statements.putIfAbsent(content(statement), statement.span());
        if (first != null) {
            findings.suggestion(
                    "REDUNDANT_STATEMENT",
                    Shapes.pointAt(statement.span()),
                    "the statement says the same as another",
                    "the first is at " + first);
        }
    }

    /**
     * What a statement says, as one text: of texts that collide, a map still finds each fast, which isn't so for lists. Each
     * part stands behind its length.
     */
    private static String content(Statement statement) {
        StringBuilder content = new StringBuilder();
        add(statement.effect().toString(), content);
        statement.principal().ifPresent(element -> {
            begin("principals", element.negated(), element.principals(), content);
            for (Principal principal : element.principals()) {
                add(principal.getClass().getName(), content);
                add(principal.text(), content);
            }
        });
        begin("actions", statement.action().negated(), statement.action().patterns(), content);
        for (ActionPattern pattern : statement.action().patterns()) {
            add(pattern.text(), content);
        }
        statement.resource().ifPresent(element -> {
            begin("resources", element.negated(), element.patterns(), content);
            for (ResourcePattern pattern : element.patterns()) {
                add(pattern.text().source(), content);
            }
        });
        for (Condition condition : statement.conditions()) {
            add(condition.operator().text(), content);
            add(condition.key(), content);
            begin("values", false, condition.values(), content);
            for (ConditionValue value : condition.values()) {
                add(value.text().source(), content);
            }
        }
        return content.toString();
    }

    private static void begin(String name, boolean negated, List<?> list, StringBuilder content) {
        content.append(name).append(negated ? '!' : '=').append(list.size()).append('[');
    }

    private static void add(String text, StringBuilder content) {
        content.append(text.length()).append(':').append(text);
    }

    private record Action(ActionPattern pattern, int index, List<int[]> parts) {}

    private void checkActions(List<ActionPattern> patterns) {
        Map<String, ActionPattern> first = new HashMap<>();
        Map<String, List<Action>> wide = new HashMap<>();
        List<Action> distinct = new ArrayList<>();
        for (ActionPattern pattern : patterns) {
            String folded = pattern.text().toLowerCase(Locale.ROOT);
            ActionPattern same = first.putIfAbsent(folded, pattern);
            if (same != null) {
                redundant("REDUNDANT_ACTION", "action", pattern.text(), pattern.span(), same.text());
                continue;
            }
            Action action = new Action(pattern, distinct.size(), List.of(Coverage.symbols(folded)));
            distinct.add(action);
            if (Coverage.hasWildcards(action.parts().get(0))) {
                wide.computeIfAbsent(bucket(pattern), any -> new ArrayList<>()).add(action);
            }
        }
        if (wide.isEmpty()) {
            return;
        }
        for (Action narrow : distinct) {
            covering(narrow, wide.getOrDefault(bucket(narrow.pattern()), List.of()))
                    .or(() -> covering(narrow, wide.getOrDefault("", List.of())))
                    .ifPresent(cover -> redundant(
                            "REDUNDANT_ACTION",
                            "action",
                            narrow.pattern().text(),
                            narrow.pattern().span(),
                            cover.pattern().text()));
        }
    }

    /** The service, so that only actions of one service are compared; empty if it has wildcards. */
    private static String bucket(ActionPattern pattern) {
        String service = pattern.service().toLowerCase(Locale.ROOT);
        return service.indexOf('*') >= 0 || service.indexOf('?') >= 0 ? "" : service;
    }

    private Optional<Action> covering(Action narrow, List<Action> candidates) {
        for (Action wide : candidates) {
            if (coverage.isSpent()) {
                break;
            }
            if (wide.index() != narrow.index()
                    && coverage.covers(wide.parts(), narrow.parts())
                    && (wide.index() < narrow.index() || !coverage.covers(narrow.parts(), wide.parts()))) {
                return Optional.of(wide);
            }
        }
        return Optional.empty();
    }

    private record Resource(ResourcePattern pattern, int index, List<int[]> fields) {}

    private void checkResources(List<ResourcePattern> patterns) {
        Map<String, ResourcePattern> first = new HashMap<>();
        List<Resource> wide = new ArrayList<>();
        List<Resource> distinct = new ArrayList<>();
        for (ResourcePattern pattern : patterns) {
            ResourcePattern same = first.putIfAbsent(pattern.text().source(), pattern);
            if (same != null) {
                redundantResource(pattern, same);
                continue;
            }
            Resource resource = new Resource(pattern, distinct.size(), coverage.fields(pattern.text()));
            distinct.add(resource);
            if (!pattern.text().isLiteral()) {
                wide.add(resource);
            }
        }
        for (Resource narrow : distinct) {
            for (Resource candidate : wide) {
                if (coverage.isSpent()) {
                    return;
                }
                if (covers(candidate, narrow) && (candidate.index() < narrow.index() || !covers(narrow, candidate))) {
                    redundantResource(narrow.pattern(), candidate.pattern());
                    break;
                }
            }
        }
    }

    private boolean covers(Resource wide, Resource narrow) {
        return wide.index() != narrow.index()
                && (wide.pattern().isEverything() || coverage.covers(wide.fields(), narrow.fields()));
    }

    private void redundantResource(ResourcePattern pattern, ResourcePattern other) {
        redundant(
                "REDUNDANT_RESOURCE",
                "resource",
                pattern.text().source(),
                pattern.span(),
                other.text().source());
    }

    private void redundant(String code, String what, String entry, Span span, String other) {
        String message = entry.equals(other)
                ? "the " + what + " " + Shown.quoted(entry) + " is listed twice"
                : "the " + what + " " + Shown.quoted(entry) + " is covered by " + Shown.quoted(other);
        findings.suggestion(code, span, message, "remove it");
    }
}
