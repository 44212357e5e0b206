package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.Caller.Kind;
import dev.portcullis.corpus.reference.StatementText.Clause;
import dev.portcullis.corpus.reference.StatementText.PrincipalEntry;
import dev.portcullis.corpus.reference.StatementText.PrincipalKind;
import dev.portcullis.corpus.reference.StatementText.PrincipalList;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics.Point;
import java.util.List;
import java.util.Optional;

/** Tests {@code Principal} and {@code NotPrincipal} against the caller (section 4 of the language, E14 to E33). */
final class Principals {

    private final Caller caller;
    private final Situation situation;

    Principals(Caller caller, Situation situation) {
        this.caller = caller;
        this.situation = situation;
    }

    /** How an entry covers the caller, weakest first (step 5 of the procedure). */
    enum Coverage {
        NONE,
        /** The caller's account: hands the decision to that account (rules L60, E14). */
        ACCOUNT,
        /** The role of a session, or the user behind a federated session (rules E16, E19). */
        ROLE,
        /** The caller itself (rules E15, E17, E18, E20, E28). */
        DIRECT;

        Coverage or(Coverage other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /**
     * How a statement's principal element covers the caller; {@link Coverage#NONE} when the statement doesn't speak of
     * the caller at all.
     */
    Coverage of(StatementText statement, PolicyType type) {
        if (statement.principal().isEmpty()) {
            // E10: documents without a principal element speak of whoever they are attached to.
            return Coverage.DIRECT;
        }
        PrincipalList list = statement.principal().get();
        if (list.not()) {
            return notPrincipal(list, statement, type);
        }
        Coverage coverage = Coverage.NONE;
        for (PrincipalEntry entry : list.entries()) {
            coverage = coverage.or(entry(entry, statement, type));
        }
        return coverage;
    }

    private Coverage notPrincipal(PrincipalList list, StatementText statement, PolicyType type) {
        // U29, in the manner of L20.
        if (list.entries().isEmpty() && is(Point.EMPTY_NOT_LIST_HAS_NO_EFFECT)) {
            return Coverage.NONE;
        }
        if (statement.effect() == Effect.ALLOW) {
            // E31: everyone else; who is listed in any way is not meant.
            return is(Point.NOT_PRINCIPAL_ALLOW_GRANTS) && !coveredByAny(list, statement, type)
                    ? everyone(statement, type)
                    : Coverage.NONE;
        }
        // E32: whoever has a boundary is denied, listed or not.
        if (hasBoundary()) {
            return Coverage.DIRECT;
        }
        boolean spared = is(Point.NOT_PRINCIPAL_NEEDS_WHOLE_CHAIN)
                ? wholeChainListed(list.entries())
                : coveredByAny(list, statement, type);
        return spared ? Coverage.NONE : Coverage.DIRECT;
    }

    private boolean coveredByAny(PrincipalList list, StatementText statement, PolicyType type) {
        return list.entries().stream().anyMatch(entry -> entry(entry, statement, type) != Coverage.NONE);
    }

    private boolean hasBoundary() {
        return situation.boundaries().isPresent()
                && (caller.kind() == Kind.USER
                        || caller.kind() == Kind.ROLE_SESSION
                        || caller.kind() == Kind.FEDERATED_USER);
    }

    /** E30: to spare a caller, every identity in its chain must be listed. */
    private boolean wholeChainListed(List<PrincipalEntry> entries) {
        if (entries.stream().anyMatch(PrincipalEntry::isStar)) {
            return true;
        }
        boolean account = entries.stream().anyMatch(this::namesAccount);
        boolean role = entries.stream().anyMatch(this::namesRole);
        boolean user = entries.stream().anyMatch(this::namesUser);
        boolean itself = entries.stream().anyMatch(this::namesCaller);
        return switch (caller.kind()) {
            case ROOT_USER -> account;
            case USER -> account && user;
            // A bare role has no session that could be listed.
            case ROLE_SESSION -> account && role && (itself || caller.isBareRole());
            case FEDERATED_USER -> account && user && itself;
            case SERVICE, IDENTITY_PROVIDER -> itself;
            case ANONYMOUS -> false;
        };
    }

    /** How one entry covers the caller. */
    private Coverage entry(PrincipalEntry entry, StatementText statement, PolicyType type) {
        if (entry.isStar()) {
            // U11: in a trust policy it may count for nothing, but a Deny is kept.
            boolean counts =
                    type != PolicyType.TRUST || statement.effect() == Effect.DENY || is(Point.TRUST_POLICY_STAR_COUNTS);
            return counts ? everyone(statement, type) : Coverage.NONE;
        }
        if (namesCaller(entry)) {
            return Coverage.DIRECT;
        }
        if (namesUser(entry)) {
            // E15, E19
            return caller.kind() == Kind.USER ? Coverage.DIRECT : Coverage.ROLE;
        }
        if (namesRole(entry)) {
            // E16
            return Coverage.ROLE;
        }
        if (namesAccount(entry)) {
            boolean root = caller.kind() == Kind.ROOT_USER;
            // E86: at a gateway endpoint an account stands for its root user only.
            if (type == PolicyType.VPC_ENDPOINT && !root && !is(Point.ENDPOINT_ACCOUNT_COVERS_ITS_PRINCIPALS)) {
                return Coverage.NONE;
            }
            return root ? Coverage.DIRECT : Coverage.ACCOUNT;
        }
        return Coverage.NONE;
    }

    /** L69, E20: everyone, directly; sessions by analogy, unless the statement tests aws:PrincipalArn (E21, live). */
    private Coverage everyone(StatementText statement, PolicyType type) {
        // E94
        if (PublicAccess.isBlocked(statement, type, caller, situation)) {
            return Coverage.NONE;
        }
        boolean session = caller.kind() == Kind.ROLE_SESSION || caller.kind() == Kind.FEDERATED_USER;
        boolean direct = !session || is(Point.STAR_COVERS_SESSIONS_DIRECTLY) || testsPrincipalArn(statement);
        return direct ? Coverage.DIRECT : Coverage.ROLE;
    }

    private static boolean testsPrincipalArn(StatementText statement) {
        for (Clause clause : statement.clauses()) {
            if (Letters.lower(clause.key()).equals("aws:principalarn")) {
                return true;
            }
        }
        return false;
    }

    /** Whether the entry is the caller's own name: compared exactly (rules L64, L65, L66, L67, E25). */
    private boolean namesCaller(PrincipalEntry entry) {
        boolean same = entry.value().equals(caller.text());
        return switch (caller.kind()) {
            case ROLE_SESSION -> entry.kind() == PrincipalKind.AWS && same && !caller.isBareRole();
            case FEDERATED_USER -> entry.kind() == PrincipalKind.AWS && same;
            case SERVICE -> entry.kind() == PrincipalKind.SERVICE && same;
            case IDENTITY_PROVIDER -> entry.kind() == PrincipalKind.FEDERATED && same;
            case ROOT_USER, USER, ANONYMOUS -> false;
        };
    }

    /** L62, L72: the ARN or the unique id of the user, or of the user behind the federated session. */
    private boolean namesUser(PrincipalEntry entry) {
        if (entry.kind() != PrincipalKind.AWS) {
            return false;
        }
        if (caller.kind() == Kind.USER) {
            return entry.value().equals(caller.text()) || isUniqueId(entry);
        }
        if (caller.kind() == Kind.FEDERATED_USER) {
            Optional<String> user = situation.facts().federatingUserArn();
            boolean byArn = user.isPresent()
                    ? entry.value().equals(user.get())
                    : isNamed(entry.value(), "user", caller.userName());
            return byArn || isUniqueId(entry);
        }
        return false;
    }

    /** L63, L72, E25: the ARN or the unique id of the session's role; a session doesn't show its role's path. */
    private boolean namesRole(PrincipalEntry entry) {
        if (entry.kind() != PrincipalKind.AWS || caller.kind() != Kind.ROLE_SESSION) {
            return false;
        }
        if (isUniqueId(entry)) {
            return true;
        }
        if (caller.isBareRole()) {
            return entry.value().equals(caller.text());
        }
        Optional<String> role = situation.facts().roleArn();
        return role.isPresent() ? entry.value().equals(role.get()) : isNamed(entry.value(), "role", caller.roleName());
    }

    private boolean isUniqueId(PrincipalEntry entry) {
        return situation.facts().uniqueId().filter(entry.value()::equals).isPresent();
    }

    /** Whether the ARN is that of a user or role of the caller's account with this name, under any path. */
    private boolean isNamed(String value, String type, String name) {
        Optional<ArnParts> found = ArnParts.of(value);
        if (found.isEmpty()) {
            return false;
        }
        ArnParts arn = found.get();
        return arn.partition().equals(caller.partition())
                && arn.service().equals("iam")
                && arn.region().isEmpty()
                && arn.account().equals(caller.account())
                && arn.resource().startsWith(type + "/")
                && arn.resource().substring(arn.resource().lastIndexOf('/') + 1).equals(name);
    }

    /** L60, L68: the caller's account by id, by root ARN or by canonical id. */
    private boolean namesAccount(PrincipalEntry entry) {
        if (!caller.isPrincipalOfAccount()) {
            return false;
        }
        return switch (entry.kind()) {
            case AWS ->
                entry.value().equals(caller.account())
                        || entry.value().equals("arn:" + caller.partition() + ":iam::" + caller.account() + ":root");
            case CANONICAL_USER ->
                situation.facts().canonicalId().filter(entry.value()::equals).isPresent();
            case SERVICE, FEDERATED -> false;
        };
    }

    private boolean is(Point point) {
        return situation.semantics().is(point);
    }
}
