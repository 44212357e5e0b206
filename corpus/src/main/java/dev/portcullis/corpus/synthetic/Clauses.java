package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.PrincipalName;
import dev.portcullis.corpus.generate.PolicyDraft.Principals;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.Principal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Parts of statements, written short. Stateless. */
final class Clauses {

    static final Entries EVERYTHING = Entries.of("*");

    private Clauses() {}

    static Statement allow(Entries actions, Entries resources, List<Condition> conditions) {
        return Statement.of(Effect.ALLOW, actions, resources).withConditions(conditions);
    }

    static Statement deny(Entries actions, Entries resources, List<Condition> conditions) {
        return Statement.of(Effect.DENY, actions, resources).withConditions(conditions);
    }

    static Entries entries(List<String> texts) {
        return new Entries(false, texts);
    }

    /** A condition; the operator as AWS spells it. */
    static Condition when(String operator, String key, String... values) {
        return new Condition(ConditionOperator.parse(operator).orElseThrow(), key, List.of(values));
    }

    static Optional<Principals> principal(String kind, String... names) {
        return Optional.of(new Principals(
                false,
                List.of(names).stream()
                        .map(name -> new PrincipalName(kind, name))
                        .toList()));
    }

    /** The conditions and one more, unless its operator and key are there already. */
    static List<Condition> and(List<Condition> conditions, Condition more) {
        if (conditions.stream().anyMatch(condition -> same(condition, more))) {
            return conditions;
        }
        List<Condition> all = new ArrayList<>(conditions);
        all.add(more);
        return all;
    }

    private static boolean same(Condition one, Condition other) {
        return one.operator().equals(other.operator()) && one.key().equalsIgnoreCase(other.key());
    }

    /** The statements with Sids that AWS takes: letters and digits, none twice; {@code percent} of them have one. */
    static PolicyDraft policy(
            List<Statement> statements, int percent, dev.portcullis.corpus.generate.RandomNumbers random) {
        List<Statement> named = new ArrayList<>();
        for (Statement statement : statements) {
            Optional<String> sid = random.chance(percent)
                    ? Optional.of(statement.effect().text() + Words.capital(Words.word(random)) + (named.size() + 1))
                    : Optional.empty();
            named.add(statement.withSid(sid));
        }
        return new PolicyDraft(PolicyDraft.CURRENT, named);
    }

    /** The entries, those that differ only in case once. */
    static List<String> distinct(List<String> texts) {
        Set<String> seen = new HashSet<>();
        return texts.stream()
                .filter(text -> seen.add(text.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** A document that was read, as one to write. */
    static PolicyDraft draft(dev.portcullis.policy.PolicyDocument document) {
        List<Statement> statements = new ArrayList<>();
        for (dev.portcullis.policy.Statement statement : document.statements()) {
            statements.add(draft(statement));
        }
        return new PolicyDraft(document.declaredVersion().map(version -> version.text()), statements);
    }

    private static Statement draft(dev.portcullis.policy.Statement statement) {
        return new Statement(
                statement.sid(),
                statement.effect(),
                statement
                        .principal()
                        .map(element -> new Principals(
                                element.negated(),
                                element.principals().stream().map(Clauses::name).toList())),
                new Entries(
                        statement.action().negated(),
                        statement.action().patterns().stream()
                                .map(pattern -> pattern.text())
                                .toList()),
                statement
                        .resource()
                        .map(element -> new Entries(
                                element.negated(),
                                element.patterns().stream()
                                        .map(pattern -> pattern.text().source())
                                        .toList())),
                statement.conditions().stream()
                        .map(condition -> new Condition(
                                condition.operator(),
                                condition.key(),
                                condition.values().stream()
                                        .map(value -> value.text().source())
                                        .toList()))
                        .toList(),
                statement.emptyCondition());
    }

    private static PrincipalName name(Principal principal) {
        String kind = principal instanceof Principal.Service
                ? "Service"
                : principal instanceof Principal.Federated
                        ? "Federated"
                        : principal instanceof Principal.CanonicalUser ? "CanonicalUser" : "AWS";
        return new PrincipalName(kind, principal.text());
    }
}
