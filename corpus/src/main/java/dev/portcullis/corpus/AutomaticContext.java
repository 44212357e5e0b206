package dev.portcullis.corpus;

import dev.portcullis.corpus.reference.PointInTime;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.Semantics;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fills in the context keys that AWS supplies itself, where the store and the request tell their values (section 7 of
 * the language rules, L75, L150, L151, E29, E95 to E98). A key that the request gives stays as given. What can't be
 * known stays absent: network keys, {@code aws:SecureTransport}, {@code aws:RequestedRegion}, {@code
 * aws:TokenIssueTime}, keys of multi-factor authentication, request tags, and everything services add.
 *
 * <table>
 * <caption>When each key is filled in</caption>
 * <tr><td>aws:PrincipalArn</td><td>user, root user, federated user: the principal; role or session: the role's ARN, when
 *     the store or the request knows its path (L75)</td></tr>
 * <tr><td>aws:PrincipalAccount</td><td>the account; {@code anonymous} for anonymous requests (E29)</td></tr>
 * <tr><td>aws:PrincipalType, aws:userid, aws:username</td><td>by kind of caller (L150); aws:userid of a user or session
 *     needs its unique id</td></tr>
 * <tr><td>aws:PrincipalTag/…</td><td>tags of the user or the session's role</td></tr>
 * <tr><td>aws:PrincipalOrgID, aws:PrincipalOrgPaths</td><td>the account belongs to the store's organization</td></tr>
 * <tr><td>aws:PrincipalIsAWSService</td><td>all signed requests; true for service principals (E98)</td></tr>
 * <tr><td>aws:PrincipalServiceName, aws:PrincipalServiceNamesList</td><td>service principals: the name it comes under
 *     (E98)</td></tr>
 * <tr><td>aws:ResourceAccount</td><td>the owner is known</td></tr>
 * <tr><td>aws:ResourceOrgID, aws:ResourceOrgPaths</td><td>the owner belongs to the store's organization</td></tr>
 * <tr><td>aws:ResourceTag/…</td><td>tags of the resource</td></tr>
 * <tr><td>aws:CurrentTime, aws:EpochTime</td><td>always: the clock's time in whole seconds; when the request gives one
 *     of the two, the other says the same</td></tr>
 * <tr><td>aws:ViaAWSService</td><td>always: whether aws:CalledVia names a service (E96, E97)</td></tr>
 * <tr><td>aws:CalledViaFirst, aws:CalledViaLast</td><td>aws:CalledVia names a service (E96)</td></tr>
 * </table>
 */
final class AutomaticContext {

    private final Map<String, ContextValue> context;
    private final Set<String> taken = new HashSet<>();

    private AutomaticContext(Map<String, ContextValue> given) {
        context = new LinkedHashMap<>(given);
        given.keySet().forEach(key -> taken.add(ContextKeys.fold(key)));
    }

    /**
     * The request's context and what AWS adds.
     *
     * @throws IllegalArgumentException if two tags of the principal or the resource differ only in case, so that a key
     *     would be there twice (U12)
     */
    static Map<String, ContextValue> complete(
            AccessRequest request,
            Caller caller,
            Attachments attachments,
            GuardedBy resource,
            String resourceAccount,
            Optional<Organization> organization,
            Clock clock,
            Semantics semantics) {
        AutomaticContext automatic = new AutomaticContext(request.context());
        automatic.principal(caller, request, attachments);
        automatic.tags("aws:PrincipalTag/", attachments.tags());
        automatic.account("aws:Principal", caller.isOfAccount() ? caller.account() : "", organization);
        automatic.service(caller);
        automatic.one("aws:ResourceAccount", known(resourceAccount));
        automatic.account("aws:Resource", resourceAccount, organization);
        automatic.tags("aws:ResourceTag/", resource.tags());
        automatic.time(request, clock, semantics);
        automatic.calledVia(request);
        return automatic.context;
    }

    private void principal(Caller caller, AccessRequest request, Attachments attachments) {
        Optional<String> roleArn = request.facts().roleArn().or(attachments::roleArn);
        Optional<String> uniqueId = request.facts().uniqueId().or(attachments::uniqueId);
        switch (caller.kind()) {
            case USER -> {
                one("aws:PrincipalArn", Optional.of(caller.text()));
                one("aws:PrincipalAccount", known(caller.account()));
                one("aws:PrincipalType", Optional.of("User"));
                one("aws:userid", uniqueId);
                one("aws:username", Optional.of(caller.name()));
            }
            case ROLE, ROLE_SESSION -> {
                one("aws:PrincipalArn", caller.kind() == Caller.Kind.ROLE ? Optional.of(caller.text()) : roleArn);
                one("aws:PrincipalAccount", known(caller.account()));
                one("aws:PrincipalType", Optional.of("AssumedRole"));
                if (caller.kind() == Caller.Kind.ROLE_SESSION) {
                    one("aws:userid", uniqueId.map(id -> id + ":" + caller.session()));
                }
            }
            case FEDERATED_USER -> {
                one("aws:PrincipalArn", Optional.of(caller.text()));
                one("aws:PrincipalAccount", known(caller.account()));
                one("aws:PrincipalType", Optional.of("FederatedUser"));
                one("aws:userid", Optional.of(caller.account() + ":" + caller.name()));
            }
            case ROOT -> {
                one("aws:PrincipalArn", Optional.of(caller.text()));
                one("aws:PrincipalAccount", known(caller.account()));
                one("aws:PrincipalType", Optional.of("Account"));
                one("aws:userid", Optional.of(caller.account()));
            }
            case ANONYMOUS -> {
                one("aws:PrincipalAccount", Optional.of("anonymous"));
                one("aws:PrincipalType", Optional.of("Anonymous"));
                one("aws:userid", Optional.of("anonymous"));
            }
            case SERVICE, IDENTITY_PROVIDER, OTHER -> {
                // No rule gives these keys a value for them.
            }
        }
    }

    private void service(Caller caller) {
        if (caller.kind() == Caller.Kind.SERVICE) {
            one("aws:PrincipalIsAWSService", Optional.of("true"));
            one("aws:PrincipalServiceName", Optional.of(caller.text()));
            many("aws:PrincipalServiceNamesList", List.of(caller.text()));
        } else if (caller.isOfAccount()) {
            one("aws:PrincipalIsAWSService", Optional.of("false"));
        }
    }

    private void account(String prefix, String accountId, Optional<Organization> organization) {
        if (organization.isEmpty() || accountId.isEmpty()) {
            return;
        }
        Optional<AccountPath> path = AccountPath.of(organization.get(), accountId);
        if (path.isPresent() || organization.get().managementAccount().equals(accountId)) {
            one(prefix + "OrgID", Optional.of(organization.get().id()));
        }
        path.flatMap(p -> p.text(organization.get())).ifPresent(text -> many(prefix + "OrgPaths", List.of(text)));
    }

    private void tags(String prefix, Map<String, String> tags) {
        Map<String, String> spellings = new HashMap<>();
        tags.forEach((name, value) -> {
            String other = spellings.putIfAbsent(ContextKeys.fold(name), name);
            if (other != null) {
                throw new IllegalArgumentException("context: the store's tags `" + other + "` and `" + name
                        + "` would both be " + prefix + other + " (U12)");
            }
            one(prefix + name, Optional.of(value));
        });
    }

    private void time(AccessRequest request, Clock clock, Semantics semantics) {
        Instant now = instant(request, "aws:CurrentTime", semantics)
                .or(() -> instant(request, "aws:EpochTime", semantics))
                .orElseGet(clock::instant)
                .truncatedTo(ChronoUnit.SECONDS);
        one("aws:CurrentTime", Optional.of(now.toString()));
        one("aws:EpochTime", Optional.of(Long.toString(now.getEpochSecond())));
    }

    /** The instant that the request gives, read as the Date operators read it (rules L101 to L103). */
    private static Optional<Instant> instant(AccessRequest request, String key, Semantics semantics) {
        return request.contextValue(key)
                .filter(ContextValue.Single.class::isInstance)
                .map(single -> single.values().get(0))
                .flatMap(text -> PointInTime.of(text, semantics.is(Semantics.Point.FOUR_DIGITS_ARE_A_YEAR)))
                .flatMap(PointInTime::instant);
    }

    private void calledVia(AccessRequest request) {
        List<String> chain =
                request.contextValue("aws:CalledVia").map(ContextValue::values).orElse(List.of());
        one("aws:ViaAWSService", Optional.of(Boolean.toString(!chain.isEmpty())));
        if (!chain.isEmpty()) {
            one("aws:CalledViaFirst", Optional.of(chain.get(0)));
            one("aws:CalledViaLast", Optional.of(chain.get(chain.size() - 1)));
        }
    }

    private static Optional<String> known(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private void one(String key, Optional<String> value) {
        if (value.isPresent() && taken.add(ContextKeys.fold(key))) {
            context.put(key, new ContextValue.Single(value.get()));
        }
    }

    private void many(String key, List<String> values) {
        if (taken.add(ContextKeys.fold(key))) {
            context.put(key, new ContextValue.Multiple(values));
        }
    }
}
