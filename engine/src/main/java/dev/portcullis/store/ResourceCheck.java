package dev.portcullis.store;

import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.VpcEndpoint;
import dev.portcullis.store.Draft.Endpoint;
import dev.portcullis.store.Draft.Resource;
import dev.portcullis.store.Draft.Word;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Resources with policies, and VPC endpoints. */
final class ResourceCheck {

    private static final String ENDPOINT_PREFIX = "vpce-";

    private final Findings findings;
    private final Documents documents;

    private final Map<String, GuardedResource> resources = new TreeMap<>();
    private final Map<String, VpcEndpoint> endpoints = new TreeMap<>();
    private final Map<String, Word> accounts = new TreeMap<>();
    private final Map<String, String> covering = new HashMap<>();

    ResourceCheck(Findings findings, Documents documents) {
        this.findings = findings;
        this.documents = documents;
    }

    Map<String, GuardedResource> resources() {
        return resources;
    }

    Map<String, VpcEndpoint> endpoints() {
        return endpoints;
    }

    /** The accounts that own the resources, each with the first ARN that names it. */
    Map<String, Word> accounts() {
        return accounts;
    }

    void checkResources(List<Resource> list) {
        for (Resource resource : list) {
            check(resource);
        }
    }

    void checkEndpoints(List<Endpoint> list) {
        for (Endpoint endpoint : list) {
            String id = endpoint.id().text();
            boolean wellFormed = id.startsWith(ENDPOINT_PREFIX)
                    && Arns.isLowerCaseWord(id.substring(ENDPOINT_PREFIX.length()))
                    && id.length() <= Limits.PATTERN_UNITS;
            if (!wellFormed) {
                findings.error(
                        "INVALID_ENDPOINT_ID",
                        endpoint.id().span(),
                        endpoint.id().quoted() + " is not the id of a VPC endpoint",
                        "it begins with `vpce-`, lower-case letters and digits follow");
            }
            Optional<String> policy = attach(endpoint.policy(), PolicyType.VPC_ENDPOINT, endpoint.id());
            if (endpoints.putIfAbsent(id, new VpcEndpoint(id, policy)) != null) {
                findings.error(
                        "DUPLICATE_ENDPOINT",
                        endpoint.id().span(),
                        "VPC endpoint " + endpoint.id().quoted() + " is described twice");
            }
        }
    }

    private void check(Resource resource) {
        Word arn = resource.arn();
        Optional<String> problem = Arns.problem(arn.text());
        if (problem.isEmpty() && hasWildcard(arn.text())) {
            problem = Optional.of("it contains a wildcard");
        }
        if (problem.isPresent()) {
            findings.error(
                    "INVALID_ARN",
                    arn.span(),
                    arn.quoted() + " is not the ARN of a resource: " + problem.get(),
                    "patterns of further resources go to `covers`");
        }
        String[] fields = problem.isEmpty() ? Arns.fields(arn.text()) : new String[0];
        Optional<String> account = account(resource, fields);
        account.ifPresent(id -> accounts.putIfAbsent(id, arn));
        boolean role = fields.length > 0 && fields[2].equals("iam") && fields[5].startsWith("role/");
        if (role && resource.policy().isPresent()) {
            findings.error(
                    "TRUST_AS_RESOURCE_POLICY",
                    resource.policy().get().span(),
                    "role " + arn.quoted() + " takes a trust policy, not a resource-based policy",
                    "name the policy in `trust` of the role");
        }
        Optional<String> policy = attach(resource.policy(), PolicyType.RESOURCE, arn);
        for (Word pattern : resource.covers()) {
            checkCovers(pattern, arn, fields);
        }
        resource.acl().ifPresent(acl -> checkAcl(acl, arn));
        List<String> covers = resource.covers().stream().map(Word::text).toList();
        Map<String, String> tags = Tags.check(resource.tags(), arn.quoted(), findings);
        GuardedResource guarded =
                new GuardedResource(arn.text(), account.orElse(""), policy, covers, tags, resource.acl());
        if (resources.putIfAbsent(arn.text(), guarded) != null) {
            findings.error("DUPLICATE_ARN", arn.span(), "resource " + arn.quoted() + " is described twice");
        }
    }

    /** As stated, else from the ARN (rule E62 needs to know whose resource it is). */
    private Optional<String> account(Resource resource, String[] fields) {
        Word arn = resource.arn();
        boolean inArn = fields.length > 0 && Arns.isAccount(fields[4]);
        if (resource.account().isEmpty()) {
            if (!inArn && fields.length > 0) {
                findings.error(
                        "MISSING_ACCOUNT",
                        arn.span(),
                        "resource " + arn.quoted() + " does not say which account owns it",
                        "name it in `account`");
            }
            return inArn ? Optional.of(fields[4]) : Optional.empty();
        }
        Word stated = resource.account().get();
        if (!Arns.isAccount(stated.text())) {
            findings.error("INVALID_ACCOUNT", stated.span(), "account " + stated.quoted() + " is not 12 digits");
            return Optional.empty();
        }
        if (inArn && !fields[4].equals(stated.text())) {
            findings.error(
                    "ACCOUNT_MISMATCH",
                    stated.span(),
                    "account " + stated.quoted() + " is not the one in " + arn.quoted());
        }
        return Optional.of(stated.text());
    }

    /** A pattern stays within the partition and the service of its resource, so that no resource guards everything. */
    private void checkCovers(Word pattern, Word arn, String[] fields) {
        Optional<String> problem = Arns.problem(pattern.text());
        String[] own = Arns.fields(pattern.text());
        if (problem.isEmpty() && pattern.text().contains("${")) {
            problem = Optional.of("it contains a variable");
        }
        if (problem.isEmpty()
                && pattern.text().chars().filter(c -> c == '*' || c == '?').count() > Limits.PATTERN_WILDCARDS) {
            problem = Optional.of("it has more than " + Limits.PATTERN_WILDCARDS + " wildcards");
        }
        if (problem.isEmpty() && fields.length > 0 && !(own[1].equals(fields[1]) && own[2].equals(fields[2]))) {
            problem = Optional.of("its partition or service is not that of " + arn.quoted());
        }
        if (problem.isPresent()) {
            findings.error(
                    "INVALID_COVERS", pattern.span(), pattern.quoted() + " is not a pattern of ARNs: " + problem.get());
            return;
        }
        String other = covering.putIfAbsent(pattern.text(), arn.text());
        if (other != null) {
            findings.error(
                    "DUPLICATE_COVERS",
                    pattern.span(),
                    pattern.quoted() + " is covered by " + Quoted.of(other) + " already");
        }
    }

    private void checkAcl(AccessControlList acl, Word arn) {
        for (AccessControlList.Grant grant : acl.grants()) {
            if (!isGrantee(grant.grantee())) {
                findings.error(
                        "INVALID_GRANTEE",
                        arn.span(),
                        Quoted.of(grant.grantee()) + " in the ACL of " + arn.quoted()
                                + " is nobody an ACL can grant to",
                        "an account id, a canonical user id, `AllUsers`, `AuthenticatedUsers` or `LogDelivery`");
            }
        }
        if (!acl.enforced() && !acl.grants().isEmpty()) {
            findings.warning(
                    "ACL_NOT_ENFORCED",
                    arn.span(),
                    "the ACL of " + arn.quoted() + " is off: the bucket owner owns every object",
                    "to turn it on, set `objectOwnership` to `ObjectWriter` or `BucketOwnerPreferred`");
        }
    }

    private static boolean isGrantee(String text) {
        return switch (text) {
            case "AllUsers", "AuthenticatedUsers", "LogDelivery" -> true;
            default -> Arns.isAccount(text) || isCanonicalId(text);
        };
    }

    private static boolean isCanonicalId(String text) {
        return text.length() == 64 && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static boolean hasWildcard(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    private Optional<String> attach(Optional<Word> policy, PolicyType type, Word holder) {
        documents.attach(policy.stream().toList(), type, holder.quoted());
        return policy.map(Word::text);
    }
}
