package dev.portcullis;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.IamGroup;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.VpcEndpoint;
import dev.portcullis.store.AuthorizationDetails;
import dev.portcullis.store.BuiltStore;
import dev.portcullis.store.Contents;
import dev.portcullis.store.Draft;
import dev.portcullis.store.Draft.Tag;
import dev.portcullis.store.Draft.Word;
import dev.portcullis.store.IdentityKind;
import dev.portcullis.store.Outcome;
import dev.portcullis.store.StoreDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Policies and what they are attached to: users, groups, roles, resources, VPC endpoints and an organization. Everything
 * in it is checked: names lead somewhere, and each document keeps the rules of every type it is attached as. Immutable,
 * shared by all threads; whatever it gives out is in a fixed order.
 */
public final class Store {

    private static final String SESSION = "assumed-role/";

    private final Contents contents;
    private final Outcome outcome;

    private Store(Contents contents, Outcome outcome) {
        this.contents = contents;
        this.outcome = outcome;
    }

    /** A store that is put together in code. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The store of a directory: attachments in {@code store.json}, documents in {@code policies/NAME.json}. Symbolic
     * links are followed as long as they stay in the directory; other files and names that begin with a dot are passed
     * over.
     *
     * @throws InvalidPolicyException when something is wrong with it; carries every problem of every file
     * @throws java.io.UncheckedIOException when the directory can't be read
     */
    public static Store load(Path directory) {
        return of(StoreDirectory.read(directory));
    }

    /**
     * An account as {@code aws iam get-account-authorization-details} prints it. Its documents are checked as
     * {@link Checks#STORED}. Inline policies are called {@code user/NAME/POLICY}, {@code group/NAME/POLICY},
     * {@code role/NAME/POLICY}, a role's trust policy {@code role/NAME/trust} (an inline policy of that name is
     * {@code role/NAME/inline/trust}), managed policies by their ARN.
     *
     * @throws InvalidPolicyException when something is wrong with it; carries every problem
     * @throws java.io.UncheckedIOException when there is no such file
     */
    public static Store fromAuthorizationDetails(Path file) {
        return of(AuthorizationDetails.read(file));
    }

    private static Store of(Outcome outcome) {
        Contents contents = outcome.contents()
                .orElseThrow(() -> new InvalidPolicyException(outcome.diagnostics(), outcome.sources()));
        return new Store(contents, outcome);
    }

    /** The values of the placeholders, by name. */
    public Map<String, String> parameters() {
        return contents.parameters();
    }

    /**
     * The documents as loaded, before placeholders are bound, by policy name. Those that AWS publishes are there if
     * something names them.
     */
    public Map<String, String> texts() {
        return contents.texts();
    }

    /**
     * A policy as it is attached with that type. A policy that nothing names has the type that it looks like: identity,
     * resource or trust.
     *
     * @return empty when no such policy is attached with that type
     */
    public Optional<PolicyDocument> document(String name, PolicyType type) {
        return contents.documents().document(name, type);
    }

    /** By ARN. */
    public Map<String, IamUser> users() {
        return contents.users();
    }

    /** By ARN. */
    public Map<String, IamGroup> groups() {
        return contents.groups();
    }

    /** By ARN. */
    public Map<String, IamRole> roles() {
        return contents.roles();
    }

    /**
     * The role of a session ({@code arn:…:sts::ACCOUNT:assumed-role/NAME/SESSION}): the one with that name in that
     * account, whatever its path (rule E25). Empty for any other ARN and for a role that the store doesn't know.
     */
    public Optional<IamRole> roleOfSession(String sessionArn) {
        String[] fields = sessionArn.split(":", 6);
        if (fields.length < 6 || !fields[0].equals("arn") || !fields[2].equals("sts") || !fields[3].isEmpty()) {
            return Optional.empty();
        }
        int slash = fields[5].indexOf('/', SESSION.length());
        if (!fields[5].startsWith(SESSION) || slash < 0) {
            return Optional.empty();
        }
        String name = fields[5].substring(SESSION.length(), slash);
        return Optional.ofNullable(contents.rolesByName().get(Contents.sessionKey(fields[1], fields[4], name)));
    }

    /** By ARN. */
    public Map<String, GuardedResource> resources() {
        return contents.resources();
    }

    /** By id. */
    public Map<String, VpcEndpoint> vpcEndpoints() {
        return contents.vpcEndpoints();
    }

    /** The organization; without one there are no SCPs and RCPs (rule E51). */
    public Optional<Organization> organization() {
        return contents.organization();
    }

    /**
     * Where a member account hangs in the organization. Empty for an account outside of it and for the management
     * account, which SCPs and RCPs do not reach (rules E48, E57).
     */
    public Optional<Organization.Membership> membership(String account) {
        return Optional.ofNullable(contents.memberships().get(account));
    }

    /**
     * Warnings and suggestions: those of the store itself, then those of the documents by name, each by place. Documents
     * are looked through for them when this is called first, which takes twice as long as to load them.
     */
    public List<Diagnostic> findings() {
        return outcome.diagnostics();
    }

    /** The text that a finding's span counts in; empty when there is none. */
    public Optional<String> source(Diagnostic finding) {
        return outcome.source(finding);
    }

    /** Puts a store together. Nothing is checked before {@link #build}. One thread. */
    public static final class Builder {

        private final Draft draft = new Draft();
        private Checks checks = Checks.NEW;

        private Builder() {}

        /** The value of a placeholder: {@code {{name}}} in a document's strings stands for it. */
        public Builder parameter(String name, String value) {
            draft.add(new Draft.Parameter(Word.of(name), Objects.requireNonNull(value)));
            return this;
        }

        /** A policy: a name of the caller's choice, 1 to 2048 printable characters, and the JSON text. */
        public Builder policy(String name, String text) {
            draft.add(Draft.Text.of(name, text));
            return this;
        }

        /** A user and what is attached to it. */
        public Builder user(String arn, Consumer<PrincipalBuilder> attachments) {
            return principal(IdentityKind.USER, arn, attachments);
        }

        /** A role and what is attached to it. */
        public Builder role(String arn, Consumer<PrincipalBuilder> attachments) {
            return principal(IdentityKind.ROLE, arn, attachments);
        }

        /** A group with identity-based policies. */
        public Builder group(String arn, String... policies) {
            return principal(IdentityKind.GROUP, arn, group -> group.attach(policies));
        }

        /** A resource that has a policy, an ACL or tags. */
        public Builder resource(GuardedResource resource) {
            draft.add(BuiltStore.draft(resource));
            return this;
        }

        /** A resource with a policy; its ARN has to say which account owns it (an S3 bucket's does not). */
        public Builder resourcePolicy(String arn, String policyName) {
            draft.add(BuiltStore.draft(arn, policyName));
            return this;
        }

        /** A VPC endpoint with a policy. */
        public Builder vpcEndpoint(String id, String policyName) {
            draft.add(new Draft.Endpoint(Word.of(id), Optional.of(Word.of(policyName))));
            return this;
        }

        /** The organization; there can be one. */
        public Builder organization(Organization organization) {
            draft.add(BuiltStore.draft(organization));
            return this;
        }

        /** How strictly the documents are checked; {@link Checks#NEW} unless said otherwise. */
        public Builder checks(Checks how) {
            checks = Objects.requireNonNull(how);
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidPolicyException when something is wrong; carries every problem of every document
         */
        public Store build() {
            return of(BuiltStore.check(draft, checks));
        }

        private Builder principal(IdentityKind kind, String arn, Consumer<PrincipalBuilder> attachments) {
            draft.add(PrincipalBuilder.draft(kind, arn, attachments));
            return this;
        }
    }

    /** What is attached to a user or role. One thread. */
    public static final class PrincipalBuilder {

        private final List<Word> policies = new ArrayList<>();
        private final List<Word> groups = new ArrayList<>();
        private final List<Word> boundaries = new ArrayList<>();
        private final List<Word> trusts = new ArrayList<>();
        private final List<Tag> tags = new ArrayList<>();
        private final List<Word> uniqueIds = new ArrayList<>();

        private PrincipalBuilder() {}

        /** Identity-based policies. */
        public PrincipalBuilder attach(String... policyNames) {
            for (String name : policyNames) {
                policies.add(Word.of(name));
            }
            return this;
        }

        /** Users only: makes it a member of a group of its account. */
        public PrincipalBuilder group(String groupArn) {
            groups.add(Word.of(groupArn));
            return this;
        }

        /** The permissions boundary (rule E36). */
        public PrincipalBuilder boundary(String policyName) {
            boundaries.add(Word.of(policyName));
            return this;
        }

        /** Roles only: the trust policy (rule E70). */
        public PrincipalBuilder trust(String policyName) {
            trusts.add(Word.of(policyName));
            return this;
        }

        /** A tag: {@code aws:PrincipalTag/key}. */
        public PrincipalBuilder tag(String key, String value) {
            tags.add(new Tag(Word.of(key), Objects.requireNonNull(value)));
            return this;
        }

        /** {@code AIDA…} or {@code AROA…} (rules L72, L150). */
        public PrincipalBuilder uniqueId(String id) {
            uniqueIds.add(Word.of(id));
            return this;
        }

        static Draft.Identity draft(IdentityKind kind, String arn, Consumer<PrincipalBuilder> attachments) {
            PrincipalBuilder principal = new PrincipalBuilder();
            attachments.accept(principal);
            return principal.draft(kind, arn);
        }

        private Draft.Identity draft(IdentityKind kind, String arn) {
            return new Draft.Identity(
                    kind,
                    Word.of(arn),
                    List.copyOf(policies),
                    List.copyOf(groups),
                    List.copyOf(boundaries),
                    List.copyOf(trusts),
                    List.copyOf(tags),
                    List.copyOf(uniqueIds));
        }
    }
}
