package dev.portcullis.corpus.compiled;

import dev.portcullis.corpus.generate.PolicyDraft.PrincipalName;
import dev.portcullis.corpus.generate.PolicyGenerator;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.policy.PolicyType;
import java.util.List;

/** Makes up policies that are put into a store later. */
final class LaterTexts {

    /** Some are the store's, some nobody's until they come. */
    private static final List<PrincipalName> PRINCIPALS = List.of(
            new PrincipalName("AWS", "111122223333"),
            new PrincipalName("AWS", "arn:aws:iam::444455556666:root"),
            new PrincipalName("AWS", "222233334444"),
            new PrincipalName("AWS", "arn:aws:iam::111122223333:user/alice"),
            new PrincipalName("AWS", "arn:aws:iam::111122223333:user/unknown"),
            new PrincipalName("AWS", "arn:aws:iam::111122223333:role/dev"),
            new PrincipalName("AWS", "arn:aws:iam::111122223333:role/team/admin"),
            new PrincipalName("AWS", "arn:aws:iam::111122223333:role/other/dev"),
            new PrincipalName("AWS", "arn:aws:iam::444455556666:role/dev"),
            new PrincipalName("AWS", "arn:aws:sts::111122223333:assumed-role/dev/s1"),
            new PrincipalName("AWS", "arn:aws:sts::111122223333:assumed-role/admin/s2"),
            new PrincipalName("AWS", "arn:aws:sts::111122223333:federated-user/alice"),
            new PrincipalName("AWS", "AIDAEXAMPLE000000001"),
            new PrincipalName("AWS", "AROAEXAMPLE000000002"),
            new PrincipalName("AWS", "*"),
            new PrincipalName("Service", "sns.amazonaws.com"),
            new PrincipalName("Federated", "accounts.google.com"));

    private final RandomNumbers random;
    private final PolicyGenerator drafts;

    LaterTexts(RandomNumbers random) {
        this.random = random;
        this.drafts = new PolicyGenerator(random, PRINCIPALS);
    }

    /** A policy of this type. */
    String text(PolicyType type) {
        int statements = random.chance(3) ? random.between(20, 50) : random.between(1, 4);
        return random.chance(15)
                ? everything(type)
                : drafts.policy(type, statements).text();
    }

    /** What hides others in the lists of the dispatch. */
    private static String everything(PolicyType type) {
        String principal = type.namesPrincipals() ? "\"Principal\":\"*\"," : "";
        String resource = type == PolicyType.TRUST ? "" : ",\"Resource\":\"*\"";
        String effect = type == PolicyType.RESOURCE_CONTROL ? "Deny" : "Allow";
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"" + effect + "\"," + principal
                + "\"Action\":\""
                + (type == PolicyType.TRUST ? "sts:*" : type == PolicyType.RESOURCE_CONTROL ? "s3:*" : "*")
                + "\"" + resource + "}}";
    }
}
