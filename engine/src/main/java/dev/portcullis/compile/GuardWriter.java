package dev.portcullis.compile;

import dev.portcullis.automaton.AccessControlGrants;
import dev.portcullis.automaton.Caller;
import dev.portcullis.automaton.Guards;
import dev.portcullis.automaton.Heads;
import dev.portcullis.automaton.SourceMap;
import dev.portcullis.compile.SetWriter.LongArray;
import dev.portcullis.compile.StatementWriter.Compiled;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.AccessControlList.Grant;
import dev.portcullis.policy.AccessControlList.Permission;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.AnyText;
import dev.portcullis.policy.TextPattern.AnyUnit;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Resources with policies, access control lists or tags, and roles with trust policies, to {@link Guards}. */
final class GuardWriter {

    private final Compiler compiler;
    private final Attached store;
    private final Symbols symbols;
    private final int logDelivery;

    private final Interner arns = new Interner();
    private final Interner policyNames = new Interner();
    private final List<Integer> names = new ArrayList<>();
    private final List<Integer> sets = new ArrayList<>();
    private final List<Integer> trusts = new ArrayList<>();
    private final List<Integer> lists = new ArrayList<>();
    private final LongArray owners = new LongArray();
    private final TagWriter tags;
    /** By all that they say, in text: its hashes can collide, and it is compared in order then. */
    private final Map<String, Integer> listNumbers = new HashMap<>();

    private final List<Integer> starts = new ArrayList<>();
    private final List<Boolean> blocking = new ArrayList<>();
    private final LongArray grants = new LongArray();
    private final List<Compiled> covers = new ArrayList<>();
    private final List<Integer> services = new ArrayList<>();
    private boolean everyService;
    /** Of each guard: its resource-based policy, its trust policy; numbers in the source map, or NONE. */
    private final List<Integer> documents = new ArrayList<>();

    private int coverSet = Caller.NONE;

    GuardWriter(Compiler compiler, Attached store, Symbols symbols, Interner tagKeys) {
        this.compiler = compiler;
        this.store = store;
        this.symbols = symbols;
        this.tags = new TagWriter(tagKeys);
        this.logDelivery = symbols.principals.intern("logging.s3.amazonaws.com");
    }

    void write() {
        for (GuardedResource resource : store.resources().values()) {
            int set = resource.policy()
                    .map(policy -> compiler.set(PolicyType.RESOURCE, List.of(policy)))
                    .orElse(Caller.NONE);
            int name = resource.policy().map(policyNames::intern).orElse(Caller.NONE);
            int list = resource.acl().map(this::list).orElse(Caller.NONE);
            add(resource.arn(), name, set, list, Long.parseLong(resource.account()), resource.tags());
            resource.policy()
                    .ifPresent(policy -> documents.set(
                            SourceMap.PAIR * (sets.size() - 1), compiler.document(PolicyType.RESOURCE, policy)));
            if (!resource.covers().isEmpty()) {
                covers.add(compiler.writer().cover(patterns(resource.covers()), sets.size() - 1));
            }
        }
        for (IamRole role : store.roles().values()) {
            if (arns.find(role.arn()) < 0) {
                add(role.arn(), Caller.NONE, Caller.NONE, Caller.NONE, Caller.NONE, Map.of());
            }
            int trust = role.trust()
                    .map(policy -> compiler.set(PolicyType.TRUST, List.of(policy)))
                    .orElse(Caller.NONE);
            int guard = arns.find(role.arn());
            trusts.set(guard, trust);
            role.trust()
                    .ifPresent(policy ->
                            documents.set(SourceMap.PAIR * guard + 1, compiler.document(PolicyType.TRUST, policy)));
        }
        if (!covers.isEmpty()) {
            coverSet = compiler.set(covers);
        }
    }

    private void add(String arn, int name, int set, int list, long owner, Map<String, String> ofResource) {
        arns.intern(arn);
        service(arn);
        names.add(name);
        sets.add(set);
        trusts.add(Caller.NONE);
        documents.addAll(List.of(Caller.NONE, Caller.NONE));
        lists.add(list);
        owners.add(owner);
        tags.add(arn, ofResource);
    }

    /** Which requests can have a guard at all: by the service of its ARN or of what it covers. */
    private void service(String arn) {
        String[] fields = arn.split(":", 6);
        int number = fields.length < 3 || StatementWriter.isGlob(fields[2]) ? -1 : symbols.arnService(fields[2]);
        if (number < 0) {
            everyService = true;
        } else {
            services.add(number);
        }
    }

    private List<ResourcePattern> patterns(List<String> texts) {
        List<ResourcePattern> patterns = new ArrayList<>();
        for (String text : texts) {
            service(text);
            // Field by field: what a resource covers is no pattern of a policy.
            patterns.add(new ResourcePattern(new TextPattern(text, segments(text)), true, Span.NONE));
        }
        return patterns;
    }

    private static List<Segment> segments(String text) {
        List<Segment> segments = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length();
            char unit = end ? '*' : text.charAt(i);
            if (unit == '*' || unit == '?') {
                if (i > from) {
                    segments.add(new Literal(text.substring(from, i)));
                }
                if (!end) {
                    segments.add(unit == '*' ? new AnyText() : new AnyUnit());
                }
                from = i + 1;
            }
        }
        return segments;
    }

    /** The number of a list; equal ones have one. */
    private int list(AccessControlList list) {
        StringBuilder said = new StringBuilder(list.enforced() ? "+" : "-").append(list.ignorePublic() ? '+' : '-');
        for (Grant grant : list.grants()) {
            said.append(grant.permission())
                    .append(grant.grantee().length())
                    .append(':')
                    .append(grant.grantee());
        }
        String key = said.toString();
        Integer known = listNumbers.get(key);
        if (known == null) {
            known = starts.size();
            listNumbers.put(key, known);
            starts.add(grants.size());
            blocking.add(list.ignorePublic());
            grants(list);
        }
        return known;
    }

    /** E90, E94: what is off or ignored is left out. */
    private void grants(AccessControlList list) {
        if (!list.enforced()) {
            return;
        }
        for (Grant grant : list.grants()) {
            String grantee = grant.grantee();
            int kind = switch (grantee) {
                case "AllUsers" -> AccessControlGrants.ALL_USERS;
                case "AuthenticatedUsers" -> AccessControlGrants.AUTHENTICATED_USERS;
                case "LogDelivery" -> AccessControlGrants.LOG_DELIVERY;
                default -> grantee.matches("[0-9]{12}") ? AccessControlGrants.ACCOUNT : AccessControlGrants.CANONICAL;
            };
            if (list.ignorePublic() && kind <= AccessControlGrants.AUTHENTICATED_USERS) {
                continue;
            }
            long value = switch (kind) {
                case AccessControlGrants.ACCOUNT -> Long.parseLong(grantee);
                case AccessControlGrants.CANONICAL -> symbols.principal(grantee);
                default -> 0;
            };
            grants.add((long) kind << 56 | (long) deeds(grant.permission()) << 48 | value);
        }
    }

    private static int deeds(Permission permission) {
        int read = AccessControlGrants.READ_BUCKET | AccessControlGrants.READ_OBJECT;
        int readAcp = AccessControlGrants.READ_BUCKET_ACP | AccessControlGrants.READ_OBJECT_ACP;
        int writeAcp = AccessControlGrants.WRITE_BUCKET_ACP | AccessControlGrants.WRITE_OBJECT_ACP;
        return switch (permission) {
            case READ -> read;
            case WRITE -> AccessControlGrants.WRITE;
            case READ_ACP -> readAcp;
            case WRITE_ACP -> writeAcp;
            case FULL_CONTROL -> read | AccessControlGrants.WRITE | readAcp | writeAcp;
        };
    }

    int[] documents() {
        return Compiler.ints(documents);
    }

    Guards freeze(long seed) {
        boolean[] blocks = new boolean[blocking.size()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = blocking.get(i);
        }
        starts.add(grants.size());
        long[] bits = new long[sets.isEmpty() ? 0 : (Heads.MAX_SERVICES + 64) >> 6];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = everyService ? -1 : 0;
        }
        for (int service : services) {
            bits[service >> 6] |= 1L << service;
        }
        return new Guards(
                bits,
                arns.freeze(seed),
                coverSet,
                Compiler.ints(names),
                Compiler.ints(sets),
                Compiler.ints(trusts),
                Compiler.ints(lists),
                owners.toArray(),
                new AccessControlGrants(
                        Compiler.ints(starts),
                        blocks,
                        grants.toArray(),
                        symbols.service("s3"),
                        RuleActions.deeds(symbols),
                        logDelivery),
                tags.freeze());
    }
}
