package dev.portcullis.store;

import dev.portcullis.policy.AccessControlList;
import dev.portcullis.store.Draft.Account;
import dev.portcullis.store.Draft.Endpoint;
import dev.portcullis.store.Draft.Identity;
import dev.portcullis.store.Draft.OrganizationTree;
import dev.portcullis.store.Draft.Parameter;
import dev.portcullis.store.Draft.Resource;
import dev.portcullis.store.Draft.Tag;
import dev.portcullis.store.Draft.Unit;
import dev.portcullis.store.Draft.Word;
import dev.portcullis.syntax.SyntaxTree;
import dev.portcullis.syntax.SyntaxTree.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code store.json}: what is attached to what. Strict: a member that it doesn't know is an error. */
final class StoreFile {

    private final Draft draft;
    private final Findings findings;
    private final Spelling spelling = new Spelling();

    StoreFile(Draft draft, Findings findings) {
        this.draft = draft;
        this.findings = findings;
    }

    /** Puts what the file says into the draft, and what is wrong with its form into the findings. */
    void read(SyntaxTree tree) {
        Optional<Members> found = Members.of(tree, "the file's text", findings);
        if (found.isEmpty()) {
            return;
        }
        Members store = found.get();
        for (Member entry : store.entries("parameters")) {
            Members.string(entry.value(), "a parameter's value", findings)
                    .ifPresent(value -> draft.add(new Parameter(Members.word(entry.name()), value.text())));
        }
        store.object("organization").ifPresent(this::organization);
        store.entries("groups").forEach(entry -> identity(IdentityKind.GROUP, entry));
        store.entries("users").forEach(entry -> identity(IdentityKind.USER, entry));
        store.entries("roles").forEach(entry -> identity(IdentityKind.ROLE, entry));
        store.entries("resources").forEach(this::resource);
        store.entries("vpcEndpoints").forEach(this::endpoint);
        store.refuseOthers(spelling);
    }

    private void identity(IdentityKind kind, Member entry) {
        Word arn = Members.word(entry.name());
        Optional<Members> found = Members.of(entry.value(), "a " + kind.word(), findings);
        if (found.isEmpty()) {
            // Known by its name all the same: what refers to it is not wrong.
            draft.add(new Identity(kind, arn, List.of(), List.of(), List.of(), List.of(), List.of(), List.of()));
            return;
        }
        Members members = found.get();
        List<Word> policies = members.strings("policies");
        boolean user = kind == IdentityKind.USER;
        boolean group = kind == IdentityKind.GROUP;
        draft.add(new Identity(
                kind,
                arn,
                policies,
                user ? members.strings("groups") : List.of(),
                group ? List.of() : members.string("boundary").stream().toList(),
                user || group ? List.of() : members.string("trust").stream().toList(),
                group ? List.of() : tags(members),
                group ? List.of() : members.string("uniqueId").stream().toList()));
        members.refuseOthers(spelling);
    }

    private List<Tag> tags(Members members) {
        List<Tag> tags = new ArrayList<>();
        for (Member entry : members.entries("tags")) {
            Members.string(entry.value(), "a tag's value", findings)
                    .ifPresent(value -> tags.add(new Tag(Members.word(entry.name()), value.text())));
        }
        return tags;
    }

    private void resource(Member entry) {
        Optional<Members> found = Members.of(entry.value(), "a resource", findings);
        if (found.isEmpty()) {
            return;
        }
        Members members = found.get();
        draft.add(new Resource(
                Members.word(entry.name()),
                members.string("account"),
                members.string("policy"),
                members.strings("covers"),
                tags(members),
                accessControlList(members)));
        members.refuseOthers(spelling);
    }

    /** In S3's words. Without {@code objectOwnership} an ACL is off, as on new buckets (rule E90). */
    private Optional<AccessControlList> accessControlList(Members resource) {
        Optional<Boolean> blockPublicAccess = resource.bool("blockPublicAccess");
        Optional<Members> found = resource.object("acl");
        if (found.isEmpty()) {
            return blockPublicAccess.map(block -> new AccessControlList(List.of(), false, block));
        }
        Members acl = found.get();
        List<AccessControlList.Grant> grants = new ArrayList<>();
        for (SyntaxTree element : acl.list("grants")) {
            Members.of(element, "a grant", findings).flatMap(this::grant).ifPresent(grants::add);
        }
        boolean enforced =
                acl.string("objectOwnership").map(this::enforcesLists).orElse(false);
        acl.refuseOthers(spelling);
        return Optional.of(new AccessControlList(grants, enforced, blockPublicAccess.orElse(false)));
    }

    private Optional<AccessControlList.Grant> grant(Members grant) {
        Optional<Word> grantee = grant.requiredString("grantee");
        Optional<Word> permission = grant.requiredString("permission");
        grant.refuseOthers(spelling);
        if (grantee.isEmpty() || permission.isEmpty()) {
            return Optional.empty();
        }
        for (AccessControlList.Permission known : AccessControlList.Permission.values()) {
            if (known.name().equals(permission.get().text())) {
                return Optional.of(new AccessControlList.Grant(grantee.get().text(), known));
            }
        }
        findings.error(
                "INVALID_PERMISSION",
                permission.get().span(),
                permission.get().quoted() + " is not a permission of ACLs",
                "one of `READ`, `WRITE`, `READ_ACP`, `WRITE_ACP`, `FULL_CONTROL`");
        return Optional.empty();
    }

    private boolean enforcesLists(Word ownership) {
        return switch (ownership.text()) {
            case "ObjectWriter", "BucketOwnerPreferred" -> true;
            case "BucketOwnerEnforced" -> false;
            default -> {
                findings.error(
                        "INVALID_OBJECT_OWNERSHIP",
                        ownership.span(),
                        ownership.quoted() + " is not an object ownership",
                        "one of `BucketOwnerEnforced`, `BucketOwnerPreferred`, `ObjectWriter`");
                yield false;
            }
        };
    }

    private void endpoint(Member entry) {
        Members.of(entry.value(), "a VPC endpoint", findings).ifPresent(members -> {
            draft.add(new Endpoint(Members.word(entry.name()), members.string("policy")));
            members.refuseOthers(spelling);
        });
    }

    private void organization(Members members) {
        Optional<Word> id = members.requiredString("id");
        Optional<Word> managementAccount = members.requiredString("managementAccount");
        Optional<Unit> root =
                members.require("root") ? members.object("root").map(unit -> unit(unit, "Root")) : Optional.empty();
        members.refuseOthers(spelling);
        if (id.isPresent() && managementAccount.isPresent() && root.isPresent()) {
            draft.add(new OrganizationTree(id.get(), managementAccount.get(), root.get()));
        }
    }

    /** {@code usualName} is the name of a unit that states none. The reader bounds the nesting. */
    private Unit unit(Members members, String usualName) {
        Word name = members.string("name").orElse(new Word(usualName, members.span()));
        Word id = members.string("id").orElse(new Word("", members.span()));
        List<Word> serviceControlPolicies = members.strings("serviceControlPolicies");
        List<Word> resourceControlPolicies = members.strings("resourceControlPolicies");
        List<Account> accounts = new ArrayList<>();
        for (Member entry : members.entries("accounts")) {
            Members.of(entry.value(), "an account", findings).ifPresent(account -> {
                accounts.add(new Account(
                        Members.word(entry.name()),
                        account.strings("serviceControlPolicies"),
                        account.strings("resourceControlPolicies")));
                account.refuseOthers(spelling);
            });
        }
        List<Unit> units = new ArrayList<>();
        for (SyntaxTree element : members.list("units")) {
            Members.of(element, "a unit", findings).ifPresent(unit -> units.add(unit(unit, "")));
        }
        members.refuseOthers(spelling);
        return new Unit(id, name, serviceControlPolicies, resourceControlPolicies, accounts, units);
    }
}
