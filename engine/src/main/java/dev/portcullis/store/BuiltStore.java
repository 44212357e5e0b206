package dev.portcullis.store;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Organization;
import dev.portcullis.store.Draft.Account;
import dev.portcullis.store.Draft.OrganizationTree;
import dev.portcullis.store.Draft.Resource;
import dev.portcullis.store.Draft.Tag;
import dev.portcullis.store.Draft.Unit;
import dev.portcullis.store.Draft.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store that is put together in code: records to drafts, which have no places. */
public final class BuiltStore {

    private static final String NAME = "store";

    private BuiltStore() {}

    /** Checks what has been put together. */
    public static Outcome check(Draft draft, Checks checks) {
        return new StoreCheck(new Findings(NAME)).check(draft, checks, Optional.empty(), true);
    }

    /** A resource. */
    public static Resource draft(GuardedResource resource) {
        return new Resource(
                Word.of(resource.arn()),
                Optional.of(Word.of(resource.account())),
                resource.policy().map(Word::of),
                words(resource.covers()),
                tags(resource.tags()),
                resource.acl());
    }

    /** A resource with a policy, its account to be taken from its ARN. */
    public static Resource draft(String arn, String policy) {
        return new Resource(
                Word.of(arn), Optional.empty(), Optional.of(Word.of(policy)), List.of(), List.of(), Optional.empty());
    }

    /** An organization. */
    public static OrganizationTree draft(Organization organization) {
        return new OrganizationTree(
                Word.of(organization.id()), Word.of(organization.managementAccount()), draft(organization.root(), 0));
    }

    /** Stops one unit below the deepest that is allowed: that one is enough for the error. */
    private static Unit draft(Organization.Unit unit, int depth) {
        return new Unit(
                Word.of(unit.id()),
                Word.of(unit.name()),
                words(unit.serviceControlPolicies()),
                words(unit.resourceControlPolicies()),
                unit.accounts().stream()
                        .map(account -> new Account(
                                Word.of(account.id()),
                                words(account.serviceControlPolicies()),
                                words(account.resourceControlPolicies())))
                        .toList(),
                depth > Limits.ORGANIZATION_DEPTH
                        ? List.of()
                        : unit.units().stream()
                                .map(child -> draft(child, depth + 1))
                                .toList());
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> new Tag(Word.of(tag.getKey()), tag.getValue()))
                        .toList();
    }

    private static List<Word> words(List<String> texts) {
        return texts.stream().map(Word::of).toList();
    }
}
