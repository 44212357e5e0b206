package dev.portcullis.automaton;

import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;

/** The contested points that matter while deciding, read out of {@link Semantics} once. Immutable. */
public final class Readings {

    final boolean unresolvedNotResourceFailsClosed;
    final boolean fourDigitsAreYear;
    final boolean wildcardsInValues;
    final boolean trustStarCounts;
    final boolean starCoversSessions;
    final boolean notPrincipalNeedsChain;
    final boolean notPrincipalAllowGrants;
    final boolean endpointAccountCovers;
    final boolean directBypassesSession;
    final boolean federatedNeedsSession;
    final boolean rcpReachesServices;
    final boolean rcpNeedsResourceType;
    final boolean accountGrantSuffices;
    final boolean bareRoleIsSession;
    final boolean arnLikeStarMatches;

    public Readings(Semantics semantics) {
        unresolvedNotResourceFailsClosed = semantics.is(Point.UNRESOLVED_NOT_RESOURCE_FAILS_CLOSED);
        fourDigitsAreYear = semantics.is(Point.FOUR_DIGITS_ARE_A_YEAR);
        wildcardsInValues = semantics.is(Point.WILDCARDS_IN_VARIABLE_VALUES);
        trustStarCounts = semantics.is(Point.TRUST_POLICY_STAR_COUNTS);
        starCoversSessions = semantics.is(Point.STAR_COVERS_SESSIONS_DIRECTLY);
        notPrincipalNeedsChain = semantics.is(Point.NOT_PRINCIPAL_NEEDS_WHOLE_CHAIN);
        notPrincipalAllowGrants = semantics.is(Point.NOT_PRINCIPAL_ALLOW_GRANTS);
        endpointAccountCovers = semantics.is(Point.ENDPOINT_ACCOUNT_COVERS_ITS_PRINCIPALS);
        directBypassesSession = semantics.is(Point.DIRECT_GRANT_BYPASSES_SESSION_SILENCE);
        federatedNeedsSession = semantics.is(Point.FEDERATED_USER_NEEDS_SESSION_POLICY);
        rcpReachesServices = semantics.is(Point.RCP_REACHES_SERVICES_AND_ANONYMOUS);
        rcpNeedsResourceType = semantics.is(Point.RCP_NEEDS_RESOURCE_TYPE);
        accountGrantSuffices = semantics.is(Point.ACCOUNT_GRANT_SUFFICES);
        bareRoleIsSession = semantics.is(Point.BARE_ROLE_IS_A_SESSION);
        arnLikeStarMatches = semantics.is(Point.ARN_LIKE_STAR_MATCHES);
    }
}
