package dev.portcullis.syntax;

import dev.portcullis.policy.ConditionOperator.Family;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The condition keys that AWS supplies for every service, and the few of services that any call may carry (section 7). */
final class GlobalConditionKeys {

    private static final Map<String, GlobalKey> BY_NAME = new HashMap<>();
    private static final Map<String, GlobalKey> BY_SPELLING = new HashMap<>();
    private static final List<String> NAMES = new ArrayList<>();

    /** Key prefixes that need a tag key after them, lower case, without the slash. */
    private static final Set<String> TAG_KEYS = Set.of("aws:principaltag", "aws:requesttag", "aws:resourcetag");

    /**
     * A known key.
     *
     * @param name as AWS spells it; a tag key without its tag part
     * @param types families of operators that fit; Null always fits
     * @param multivalued whether a request carries it as a list (rule L152)
     */
    record GlobalKey(String name, Set<Family> types, boolean multivalued) {

        boolean is(Family family) {
            return types.contains(family);
        }
    }

    static {
        single(
                Family.STRING,
                "aws:PrincipalAccount",
                "aws:PrincipalOrgID",
                "aws:PrincipalServiceName",
                "aws:PrincipalType",
                "aws:userid",
                "aws:username",
                "aws:FederatedProvider",
                "aws:SourceIdentity",
                "aws:Ec2InstanceSourceVpc",
                "aws:SourceVpc",
                "aws:SourceVpce",
                "aws:VpceAccount",
                "aws:VpceOrgID",
                "aws:ResourceAccount",
                "aws:ResourceOrgID",
                "aws:CalledViaFirst",
                "aws:CalledViaLast",
                "aws:referer",
                "aws:UserAgent",
                "aws:RequestedRegion",
                "aws:SourceAccount",
                "aws:SourceOrgID",
                "aws:SourceVpcArn",
                "aws:SourceOwner",
                "aws:CalledViaAWSMCP",
                "glue:RoleAssumedBy",
                "glue:CredentialIssuingService");
        single(
                Family.ARN,
                "aws:PrincipalArn",
                "aws:ChatbotSourceArn",
                "aws:SourceArn",
                "ec2:SourceInstanceArn",
                "lambda:SourceFunctionArn",
                "ssm:SourceInstanceArn");
        single(
                Family.BOOL,
                "aws:PrincipalIsAWSService",
                "aws:AssumedRoot",
                "aws:MultiFactorAuthPresent",
                "aws:ViaAWSService",
                "aws:SecureTransport",
                "aws:ViaAWSMCPService",
                "aws:IsMcpServiceAction");
        single(Family.DATE, "aws:TokenIssueTime", "aws:CurrentTime");
        single(Family.NUMERIC, "aws:MultiFactorAuthAge", "ec2:RoleDelivery");
        single(Family.IP, "aws:SourceIp", "aws:VpcSourceIp", "aws:Ec2InstanceSourcePrivateIPv4");
        add("aws:EpochTime", EnumSet.of(Family.DATE, Family.NUMERIC), false);
        for (String name : List.of(
                "aws:PrincipalOrgPaths",
                "aws:PrincipalServiceNamesList",
                "aws:VpceOrgPaths",
                "aws:ResourceOrgPaths",
                "aws:CalledVia",
                "aws:TagKeys",
                "aws:SourceOrgPaths")) {
            add(name, EnumSet.of(Family.STRING), true);
        }
        // What a tag holds is its owner's affair: no operator is a mismatch.
        for (String name : List.of("aws:PrincipalTag", "aws:ResourceTag", "aws:RequestTag")) {
            add(name, EnumSet.allOf(Family.class), false);
        }
    }

    private GlobalConditionKeys() {}

    private static void single(Family type, String... names) {
        for (String name : names) {
            add(name, EnumSet.of(type), false);
        }
    }

    private static void add(String name, Set<Family> types, boolean multivalued) {
        BY_NAME.put(folded(name), new GlobalKey(name, types, multivalued));
        NAMES.add(name);
        BY_SPELLING.put(name, BY_NAME.get(folded(name)));
    }

    /** Whether it is the name of a known key without tags, to the letter: there is nothing to say of it. */
    static boolean isSpelledAsKnown(String key) {
        GlobalKey known = BY_SPELLING.get(key);
        return known != null && !TAG_KEYS.contains(folded(key));
    }

    /** The key of that name, ignoring case and a tag key's tag part (rules L80, L81). */
    static Optional<GlobalKey> find(String key) {
        String folded = folded(key);
        int slash = folded.indexOf('/');
        if (slash >= 0) {
            String stem = folded.substring(0, slash);
            return TAG_KEYS.contains(stem) ? Optional.ofNullable(BY_NAME.get(stem)) : Optional.empty();
        }
        return Optional.ofNullable(BY_NAME.get(folded));
    }

    /** Whether the key is one that needs a tag key, without having it: {@code aws:RequestTag} or {@code aws:RequestTag/}. */
    static boolean lacksTagKey(String key) {
        String folded = folded(key);
        return TAG_KEYS.contains(folded.endsWith("/") ? folded.substring(0, folded.length() - 1) : folded);
    }

    /** Whether the key belongs to no single service. */
    static boolean isGlobal(String key) {
        return folded(key).startsWith("aws:");
    }

    /** Names as AWS spells them. */
    static List<String> names() {
        return List.copyOf(NAMES);
    }

    /** A key for comparing (rule L80). */
    static String folded(String key) {
        return key.toLowerCase(Locale.ROOT);
    }
}
