package dev.portcullis.store;

import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a store says, read and not yet checked: everything in the order written, with its place, duplicates kept. Grows
 * only; one thread.
 */
public final class Draft {

    final List<Parameter> parameters = new ArrayList<>();
    final List<Text> texts = new ArrayList<>();
    final List<Identity> identities = new ArrayList<>();
    final List<Resource> resources = new ArrayList<>();
    final List<Endpoint> endpoints = new ArrayList<>();
    final List<OrganizationTree> organizations = new ArrayList<>();

    public void add(Parameter parameter) {
        parameters.add(parameter);
    }

    public void add(Text text) {
        texts.add(text);
    }

    public void add(Identity identity) {
        identities.add(identity);
    }

    public void add(Resource resource) {
        resources.add(resource);
    }

    public void add(Endpoint endpoint) {
        endpoints.add(endpoint);
    }

    public void add(OrganizationTree organization) {
        organizations.add(organization);
    }

    /**
     * A word and where it stands.
     *
     * @param text the word
     * @param span its place in the store's own file; {@link Span#NONE} when the store is built in code
     */
    public record Word(String text, Span span) {

        /** A word of a store that is built in code. */
        public static Word of(String text) {
            return new Word(Objects.requireNonNull(text), Span.NONE);
        }

        String quoted() {
            return Quoted.of(text);
        }
    }

    /** The value of a placeholder. */
    public record Parameter(Word name, String value) {}

    /** A policy's name and where its document is. */
    public record Text(Word name, Content content) {

        /** A policy of a store that is built in code. */
        public static Text of(String name, String text) {
            return new Text(Word.of(name), new Content.Written(Objects.requireNonNull(text)));
        }
    }

    /** A tag. */
    public record Tag(Word key, String value) {}

    /** A user, group or role. Lists hold what there may be only one of, so that a second one can be reported. */
    public record Identity(
            IdentityKind kind,
            Word arn,
            List<Word> policies,
            List<Word> groups,
            List<Word> boundaries,
            List<Word> trusts,
            List<Tag> tags,
            List<Word> uniqueIds) {}

    /** A resource; {@code account} is empty when it is to be taken from the ARN. */
    public record Resource(
            Word arn,
            Optional<Word> account,
            Optional<Word> policy,
            List<Word> covers,
            List<Tag> tags,
            Optional<AccessControlList> acl) {}

    /** A VPC endpoint. */
    public record Endpoint(Word id, Optional<Word> policy) {}

    /** An organization. */
    public record OrganizationTree(Word id, Word managementAccount, Unit root) {}

    /** The root or a unit; an empty id is one that isn't known. */
    public record Unit(
            Word id,
            Word name,
            List<Word> serviceControlPolicies,
            List<Word> resourceControlPolicies,
            List<Account> accounts,
            List<Unit> units) {}

    /** A member account. */
    public record Account(Word id, List<Word> serviceControlPolicies, List<Word> resourceControlPolicies) {}
}
