package dev.portcullis.store;

import dev.portcullis.policy.IamGroup;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.store.Draft.Identity;
import dev.portcullis.store.Draft.Word;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Users, groups and roles, and what is attached to them. */
final class IdentityCheck {

    private final Findings findings;
    private final Spelling spelling;
    private final Attaching documents;
    private final Predicate<String> otherGroups;

    private final Map<String, IamUser> users = new TreeMap<>();
    private final Map<String, IamGroup> groups = new TreeMap<>();
    private final Map<String, IamRole> roles = new TreeMap<>();
    private final Map<String, IamRole> rolesByName = new HashMap<>();
    private final Map<String, Word> accounts = new TreeMap<>();

    private final Set<String> arns = new HashSet<>();
    private final Map<String, String> arnByName = new HashMap<>();
    private final Map<String, String> arnByUniqueId = new HashMap<>();

    IdentityCheck(Findings findings, Spelling spelling, Attaching documents) {
        this(findings, spelling, documents, group -> false);
    }

    /** @param otherGroups groups that are there without being described */
    IdentityCheck(Findings findings, Spelling spelling, Attaching documents, Predicate<String> otherGroups) {
        this.otherGroups = otherGroups;
        this.findings = findings;
        this.spelling = spelling;
        this.documents = documents;
    }

    void check(List<Identity> identities) {
        for (Identity identity : identities) {
            if (identity.kind() == IdentityKind.GROUP) {
                checkGroup(identity);
            }
        }
        for (Identity identity : identities) {
            if (identity.kind() != IdentityKind.GROUP) {
                checkPrincipal(identity);
            }
        }
    }

    Map<String, IamUser> users() {
        return users;
    }

    Map<String, IamGroup> groups() {
        return groups;
    }

    Map<String, IamRole> roles() {
        return roles;
    }

    /** By {@link Contents#sessionKey}. */
    Map<String, IamRole> rolesByName() {
        return rolesByName;
    }

    /** The accounts of the users and roles, each with the first ARN that names it. */
    Map<String, Word> accounts() {
        return accounts;
    }

    private void checkGroup(Identity group) {
        checkArn(group);
        List<String> policies = attach(group);
        for (Word boundary : group.boundaries()) {
            findings.error(
                    "BOUNDARY_ON_GROUP",
                    boundary.span(),
                    "group " + group.arn().quoted() + " cannot have a permissions boundary",
                    "set it on the group's users");
        }
        refuseTrust(group);
        groups.putIfAbsent(group.arn().text(), new IamGroup(group.arn().text(), policies));
    }

    private void checkPrincipal(Identity identity) {
        Optional<IamArn> arn = checkArn(identity);
        arn.ifPresent(named -> accounts.putIfAbsent(named.account(), identity.arn()));
        List<String> policies = attach(identity);
        Optional<String> boundary = boundary(identity);
        Map<String, String> tags = Tags.check(identity.tags(), identity.arn().quoted(), findings);
        Optional<String> uniqueId = uniqueId(identity);
        String text = identity.arn().text();
        if (identity.kind() == IdentityKind.USER) {
            refuseTrust(identity);
            users.putIfAbsent(text, new IamUser(text, policies, groupsOf(identity, arn), boundary, tags, uniqueId));
            return;
        }
        for (Word group : identity.groups()) {
            findings.error(
                    "GROUP_WITHOUT_USER",
                    group.span(),
                    "role " + identity.arn().quoted() + " cannot be a member of a group",
                    "only users are members of groups");
        }
        IamRole role = new IamRole(text, policies, boundary, trust(identity), tags, uniqueId);
        if (role.serviceLinked() && !identity.boundaries().isEmpty()) {
            findings.error(
                    "BOUNDARY_ON_SERVICE_LINKED_ROLE",
                    identity.boundaries().get(0).span(),
                    "service-linked role " + identity.arn().quoted() + " cannot have a permissions boundary");
        }
        roles.putIfAbsent(text, role);
        arn.ifPresent(named ->
                rolesByName.putIfAbsent(Contents.sessionKey(named.partition(), named.account(), named.name()), role));
    }

    /** Well formed, and nothing else in its account has its name: names are unique without their path and case. */
    private Optional<IamArn> checkArn(Identity identity) {
        Word arn = identity.arn();
        String kind = identity.kind().word();
        Optional<String> problem = IamArn.problem(arn.text(), identity.kind());
        if (problem.isPresent()) {
            findings.error(
                    "INVALID_ARN",
                    arn.span(),
                    arn.quoted() + " is not the ARN of a " + kind + ": " + problem.get(),
                    "write `arn:aws:iam::ACCOUNT:" + kind + "/NAME`");
        }
        if (!arns.add(arn.text())) {
            findings.error("DUPLICATE_ARN", arn.span(), kind + " " + arn.quoted() + " is described twice");
            return Optional.empty();
        }
        if (problem.isPresent()) {
            return Optional.empty();
        }
        IamArn named = IamArn.of(arn.text());
        String unique = kind + ":"
                + Contents.sessionKey(
                        named.partition(), named.account(), named.name().toLowerCase(Locale.ROOT));
        String other = arnByName.putIfAbsent(unique, arn.text());
        if (other != null) {
            findings.error(
                    "DUPLICATE_NAME",
                    arn.span(),
                    kind + "s " + Quoted.of(other) + " and " + arn.quoted() + " have the same name",
                    "an account has one " + kind + " of a name, whatever its path and letter case");
        }
        return Optional.of(named);
    }

    private List<String> attach(Identity identity) {
        return documents.attach(
                identity.policies(), PolicyType.IDENTITY, identity.arn().quoted());
    }

    private Optional<String> boundary(Identity identity) {
        single(identity.boundaries(), identity, "DUPLICATE_BOUNDARY", "permissions boundary");
        for (Word boundary : identity.boundaries()) {
            documents.attach(
                    List.of(boundary), PolicyType.BOUNDARY, identity.arn().quoted());
        }
        return identity.boundaries().stream().findFirst().map(Word::text);
    }

    private Optional<String> trust(Identity role) {
        single(role.trusts(), role, "DUPLICATE_TRUST", "trust policy");
        for (Word trust : role.trusts()) {
            documents.attach(List.of(trust), PolicyType.TRUST, role.arn().quoted());
        }
        if (role.trusts().isEmpty()) {
            findings.suggestion(
                    "MISSING_TRUST",
                    role.arn().span(),
                    "role " + role.arn().quoted() + " has no trust policy: nobody can assume it",
                    "name one in `trust`");
        }
        return role.trusts().stream().findFirst().map(Word::text);
    }

    private void refuseTrust(Identity identity) {
        for (Word trust : identity.trusts()) {
            findings.error(
                    "TRUST_WITHOUT_ROLE",
                    trust.span(),
                    identity.kind().word() + " " + identity.arn().quoted() + " cannot have a trust policy",
                    "only roles are assumed");
        }
    }

    private List<String> groupsOf(Identity user, Optional<IamArn> arn) {
        Set<String> seen = new HashSet<>();
        for (Word group : user.groups()) {
            if (!seen.add(group.text())) {
                findings.error(
                        "DUPLICATE_GROUP",
                        group.span(),
                        user.arn().quoted() + " is a member of " + group.quoted() + " twice");
            } else if (!groups.containsKey(group.text()) && !otherGroups.test(group.text())) {
                findings.error(
                        "UNKNOWN_GROUP",
                        group.span(),
                        user.arn().quoted() + " is a member of " + group.quoted() + ", which is not described",
                        spelling.help(group.text(), groups.keySet()));
            } else if (arn.isPresent()
                    && IamArn.problem(group.text(), IdentityKind.GROUP).isEmpty()) {
                IamArn named = IamArn.of(group.text());
                if (!named.account().equals(arn.get().account())
                        || !named.partition().equals(arn.get().partition())) {
                    findings.error(
                            "GROUP_OF_OTHER_ACCOUNT",
                            group.span(),
                            user.arn().quoted() + " is a member of " + group.quoted() + ", a group of another account");
                }
            }
        }
        return user.groups().stream().map(Word::text).distinct().toList();
    }

    private Optional<String> uniqueId(Identity identity) {
        single(identity.uniqueIds(), identity, "DUPLICATE_UNIQUE_ID", "unique id");
        for (Word id : identity.uniqueIds()) {
            String text = id.text();
            boolean wellFormed = text.startsWith(identity.kind().idPrefix())
                    && text.length() <= 128
                    && text.chars().allMatch(Arns::isLetterOrDigit);
            if (!wellFormed) {
                findings.error(
                        "INVALID_UNIQUE_ID",
                        id.span(),
                        id.quoted() + " is not the unique id of a "
                                + identity.kind().word(),
                        "it begins with `" + identity.kind().idPrefix() + "`, letters and digits follow");
                continue;
            }
            String other = arnByUniqueId.putIfAbsent(text, identity.arn().text());
            if (other != null && !other.equals(identity.arn().text())) {
                findings.error(
                        "DUPLICATE_UNIQUE_ID",
                        id.span(),
                        Quoted.of(other) + " and " + identity.arn().quoted() + " have the same unique id");
            }
        }
        return identity.uniqueIds().stream().findFirst().map(Word::text);
    }

    private void single(List<Word> words, Identity identity, String code, String what) {
        for (Word further : words.subList(Math.min(1, words.size()), words.size())) {
            findings.error(code, further.span(), identity.arn().quoted() + " has more than one " + what);
        }
    }
}
