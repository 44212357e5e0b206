package dev.portcullis.store;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Span;
import dev.portcullis.store.Draft.Identity;
import dev.portcullis.store.Draft.Tag;
import dev.portcullis.store.Draft.Text;
import dev.portcullis.store.Draft.Word;
import dev.portcullis.syntax.JsonReader;
import dev.portcullis.syntax.Shown;
import dev.portcullis.syntax.SyntaxTree;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One account as {@code aws iam get-account-authorization-details} prints it. Members it doesn't need are passed over,
 * since AWS adds some now and then. Inline policies are called {@code user/NAME/POLICY}, {@code group/…},
 * {@code role/…}, trust policies {@code role/NAME/trust}, managed policies by their ARN.
 */
public final class AuthorizationDetails {

    private static final String TRUST = "trust";

    private final Draft draft = new Draft();
    private final Findings findings;
    private final String source;
    private final Map<String, String> groupArns = new HashMap<>();
    private String account = "";

    private AuthorizationDetails(Findings findings, String source) {
        this.findings = findings;
        this.source = source;
    }

    /**
     * Reads and checks the whole.
     *
     * @throws UncheckedIOException when there is no such file
     */
    public static Outcome read(Path file) {
        if (Files.notExists(file)) {
            throw new UncheckedIOException(new NoSuchFileException(file.toString()));
        }
        Findings findings = new Findings(Shown.escaped(String.valueOf(file.getFileName())));
        Optional<byte[]> bytes = BoundedFile.read(file, Limits.STORE_BYTES, findings);
        if (bytes.isEmpty()) {
            return Outcome.unreadable(findings);
        }
        JsonReader.Reading reading = JsonReader.read(findings.file(), bytes.get(), JsonReader.Bounds.STORE);
        findings.addAll(reading.diagnostics());
        AuthorizationDetails details = new AuthorizationDetails(findings, reading.text());
        reading.tree()
                .flatMap(tree -> Members.of(tree, "the file's text", findings))
                .ifPresent(details::read);
        return new StoreCheck(findings).check(details.draft, Checks.STORED, Optional.of(reading.text()), false);
    }

    private void read(Members details) {
        if (details.bool("IsTruncated").orElse(false)) {
            findings.error(
                    "TRUNCATED",
                    details.span(),
                    "this is only a part of the account: `IsTruncated` is `true`",
                    "ask again with the `Marker` until nothing is left, or let the AWS CLI do it");
        }
        for (Members group : objects(details, "GroupDetailList")) {
            identity(group, IdentityKind.GROUP, "Group");
        }
        for (Members user : objects(details, "UserDetailList")) {
            identity(user, IdentityKind.USER, "User");
        }
        for (Members role : objects(details, "RoleDetailList")) {
            identity(role, IdentityKind.ROLE, "Role");
        }
        for (Members policy : objects(details, "Policies")) {
            managedPolicy(policy);
        }
    }

    /** AWS prints every list, also the empty ones; one that is missing has been lost, and denies with it. */
    private List<Members> objects(Members parent, String name) {
        return parent.require(name) ? optionalObjects(parent, name) : List.of();
    }

    private List<Members> optionalObjects(Members parent, String name) {
        List<Members> objects = new ArrayList<>();
        for (SyntaxTree element : parent.list(name)) {
            Members.of(element, "an entry of `" + name + "`", findings).ifPresent(objects::add);
        }
        return objects;
    }

    /** {@code prefix} is what the names of its members begin with: {@code UserName}, {@code UserPolicyList} … */
    private void identity(Members members, IdentityKind kind, String prefix) {
        Optional<Word> arn = members.requiredString("Arn");
        Optional<Word> name = members.requiredString(prefix + "Name");
        if (arn.isEmpty() || name.isEmpty()) {
            return;
        }
        checkArn(arn.get(), name.get(), kind);
        String ownName = name.get().text();
        List<Word> policies = new ArrayList<>();
        for (Members inline : optionalObjects(members, prefix + "PolicyList")) {
            inlinePolicy(inline, kind, ownName).ifPresent(policies::add);
        }
        for (Members attached : optionalObjects(members, "AttachedManagedPolicies")) {
            attached.requiredString("PolicyArn").ifPresent(policies::add);
        }
        if (kind == IdentityKind.GROUP) {
            groupArns.putIfAbsent(ownName, arn.get().text());
        }
        draft.add(new Identity(
                kind,
                arn.get(),
                policies,
                kind == IdentityKind.USER ? groups(members) : List.of(),
                kind == IdentityKind.GROUP ? List.of() : boundaries(members),
                kind == IdentityKind.ROLE ? trusts(members, name.get()) : List.of(),
                kind == IdentityKind.GROUP ? List.of() : tags(members),
                kind == IdentityKind.GROUP
                        ? List.of()
                        : members.string(prefix + "Id").stream().toList()));
    }

    /** The ARN's form is judged with the rest of the store; here only what the details say twice. */
    private void checkArn(Word arn, Word name, IdentityKind kind) {
        if (IamArn.problem(arn.text(), kind).isPresent()) {
            return;
        }
        IamArn named = IamArn.of(arn.text());
        if (!named.name().equals(name.text())) {
            findings.error(
                    "NAME_MISMATCH", name.span(), "the name " + name.quoted() + " is not the one in " + arn.quoted());
        }
        if (account.isEmpty()) {
            account = named.account();
        } else if (!account.equals(named.account())) {
            findings.error(
                    "MIXED_ACCOUNTS",
                    arn.span(),
                    arn.quoted() + " is of another account than the ones before it: `" + account + "`");
        }
    }

    private Optional<Word> inlinePolicy(Members inline, IdentityKind kind, String ownName) {
        Optional<Word> name = inline.requiredString("PolicyName");
        Optional<SyntaxTree> document = inline.requiredValue("PolicyDocument");
        if (name.isEmpty() || document.isEmpty()) {
            return Optional.empty();
        }
        String policy = name.get().text();
        if (!IamArn.isName(policy, 128)) {
            findings.error(
                    "INVALID_POLICY_NAME",
                    name.get().span(),
                    "an inline policy can't be called " + name.get().quoted(),
                    "1 to 128 letters, digits or any of `_+=,.@-`");
            return Optional.empty();
        }
        // A role's inline policy may be called `trust`, like its trust policy here; no name contains a slash.
        boolean taken = kind == IdentityKind.ROLE && policy.equals(TRUST);
        String full = kind.word() + "/" + ownName + (taken ? "/inline/" : "/") + policy;
        return Optional.of(add(new Word(full, name.get().span()), document.get()));
    }

    private List<Word> trusts(Members role, Word ownName) {
        return role
                .requiredValue("AssumeRolePolicyDocument")
                .map(document -> add(new Word("role/" + ownName.text() + "/" + TRUST, ownName.span()), document))
                .stream()
                .toList();
    }

    private List<Word> boundaries(Members members) {
        return members
                .object("PermissionsBoundary")
                .flatMap(boundary -> boundary.requiredString("PermissionsBoundaryArn"))
                .stream()
                .toList();
    }

    private List<Word> groups(Members user) {
        return user.strings("GroupList").stream()
                .map(group -> new Word(groupArns.getOrDefault(group.text(), group.text()), group.span()))
                .toList();
    }

    private List<Tag> tags(Members members) {
        List<Tag> tags = new ArrayList<>();
        for (Members tag : optionalObjects(members, "Tags")) {
            Optional<Word> key = tag.requiredString("Key");
            Optional<Word> value = tag.requiredString("Value");
            if (key.isPresent() && value.isPresent()) {
                tags.add(new Tag(key.get(), value.get().text()));
            }
        }
        return tags;
    }

    private void managedPolicy(Members policy) {
        Optional<Word> arn = policy.requiredString("Arn");
        Optional<Word> defaultVersion = policy.requiredString("DefaultVersionId");
        List<Members> versions = objects(policy, "PolicyVersionList");
        if (arn.isEmpty() || defaultVersion.isEmpty()) {
            return;
        }
        boolean found = false;
        for (Members version : versions) {
            Optional<Word> id = version.requiredString("VersionId");
            Optional<Boolean> flag = version.bool("IsDefaultVersion");
            boolean chosen = id.isPresent()
                    && id.get().text().equals(defaultVersion.get().text());
            if (id.isPresent() && flag.isPresent() && flag.get() != chosen) {
                findings.error(
                        "AMBIGUOUS_VERSION",
                        id.get().span(),
                        "`DefaultVersionId` of " + arn.get().quoted() + " is "
                                + defaultVersion.get().quoted() + ", but `IsDefaultVersion` of "
                                + id.get().quoted() + " says otherwise");
            }
            if (chosen && found) {
                findings.error(
                        "AMBIGUOUS_VERSION",
                        id.get().span(),
                        arn.get().quoted() + " has two versions " + id.get().quoted());
            } else if (chosen) {
                found = true;
                version.requiredValue("Document").ifPresent(document -> add(arn.get(), document));
            }
        }
        if (!found) {
            findings.error(
                    "MISSING_VERSION",
                    defaultVersion.get().span(),
                    "the default version " + defaultVersion.get().quoted() + " of "
                            + arn.get().quoted() + " is not in its `PolicyVersionList`");
            draft.add(new Text(arn.get(), new Content.Missing()));
        }
    }

    /** Adds a document under a name, and gives the name back. */
    private Word add(Word name, SyntaxTree document) {
        draft.add(
                new Text(name, text(document).<Content>map(Content.Written::new).orElseGet(Content.Missing::new)));
        return name;
    }

    /** An object as the CLI prints it, or a string: URL-encoded as the API sends it, or the document's plain text. */
    private Optional<String> text(SyntaxTree document) {
        Span span = document.span();
        if (document instanceof ObjectNode) {
            return Optional.of(source.substring(span.start(), span.end()));
        }
        if (!(document instanceof StringNode string)) {
            return Members.string(document, "a document", findings).map(Word::text);
        }
        // An encoded document never begins with a brace: that is `%7B`.
        if (string.value().stripLeading().startsWith("{")) {
            return Optional.of(string.value());
        }
        PercentDecoding.Decoded decoded = PercentDecoding.decode(string.value());
        if (decoded.problem().isPresent()) {
            findings.error(
                    "INVALID_URL_ENCODING",
                    place(span, decoded.offset()),
                    "the document is not URL-encoded text: " + decoded.problem().get());
            return Optional.empty();
        }
        return Optional.of(decoded.text());
    }

    /** A place inside a string, when it is written without escapes; else the string. */
    private Span place(Span string, int offset) {
        if (source.substring(string.start(), string.end()).indexOf('\\') >= 0) {
            return string;
        }
        int start = string.start() + 1 + offset;
        return new Span(start, start + 1, string.line(), string.column() + 1 + offset);
    }
}
