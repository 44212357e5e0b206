package dev.portcullis.corpus.synthetic;

import static dev.portcullis.corpus.synthetic.Clauses.when;

import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.synthetic.ServiceReference.ConditionKey;
import dev.portcullis.corpus.synthetic.ServiceReference.Service;
import java.util.List;

/** Conditions on what Amazon Q and the services around it tell about a request. Stateless. */
final class AmazonQConditions {

    private AmazonQConditions() {}

    /** A condition that callers of the account may well meet. */
    static Condition any(RandomNumbers random, Service service, Account account) {
        return switch (random.below(20)) {
            case 0, 1, 2 -> when("StringEquals", "aws:RequestedRegion", regions(account));
            case 3, 4, 5 -> when("StringEquals", "aws:PrincipalTag/team", ConditionValues.tag(random, "team"));
            case 6, 7 -> when("StringEquals", "aws:ResourceTag/team", "${aws:PrincipalTag/team}");
            case 8 -> when("StringLike", "aws:PrincipalTag/project", Words.word(random) + "*");
            case 9, 10 -> when("IpAddress", "aws:SourceIp", Words.address(random, 24), Words.address(random, 28));
            case 11 -> when("Bool", "aws:SecureTransport", "true");
            case 12 -> when("ForAnyValue:StringEquals", "aws:TagKeys", "team", "stage");
            case 13 -> when("ForAllValues:StringEquals", "aws:TagKeys", "team", "stage", "cost-center");
            case 14 -> when("StringEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}");
            case 15 -> when("StringEquals", "aws:PrincipalOrgID", account.organization());
            case 16 -> when("ForAnyValue:StringEquals", "aws:CalledVia", "cloudformation.amazonaws.com");
            case 17 -> when("NumericLessThan", "aws:MultiFactorAuthAge", Integer.toString(900 * random.between(1, 8)));
            case 18 -> when("Null", "aws:RequestTag/" + random.one(ConditionValues.TAG_KEYS), "false");
            default -> ofService(random, service, account);
        };
    }

    /** A condition on one of the service's own keys, by the type that the reference gives it. */
    private static Condition ofService(RandomNumbers random, Service service, Account account) {
        if (service.keys().isEmpty()) {
            return when("StringEquals", "aws:PrincipalTag/stage", random.one(Words.STAGES));
        }
        ConditionKey key = random.one(service.keys());
        String name = key.name().replace("$", random.one(ConditionValues.TAG_KEYS));
        String operator = switch (key.type()) {
            case "Bool" -> "Bool";
            case "Numeric" -> random.chance(50) ? "NumericLessThanEquals" : "NumericEquals";
            case "Date" -> "DateLessThan";
            case "ARN" -> random.chance(50) ? "ArnLike" : "ArnEquals";
            case "IPAddress" -> "IpAddress";
            case "ArrayOfString" -> random.chance(60) ? "ForAnyValue:StringEquals" : "ForAllValues:StringEquals";
            case "ArrayOfARN" -> "ForAnyValue:ArnLike";
            case "ArrayOfBool" -> "ForAnyValue:Bool";
            default -> random.chance(80) ? "StringEquals" : "StringLike";
        };
        Condition empty = when(operator, name, "");
        return when(operator, name, ConditionValues.exact(random, name, empty.operator(), account));
    }

    private static String[] regions(Account account) {
        return account.regions().toArray(new String[0]);
    }

    /** What keeps an SCP from reaching the people who run the account. */
    static Condition exceptAdministrators() {
        return when(
                "ArnNotLike",
                "aws:PrincipalArn",
                "arn:aws:iam::*:role/platform/administrator*",
                "arn:aws:iam::*:role/aws-service-role/*");
    }

    /** The calls that do not come from the organization's networks (SCPs and RCPs). */
    static List<Condition> outsideNetwork(RandomNumbers random) {
        return List.of(
                when("NotIpAddressIfExists", "aws:SourceIp", Words.address(random, 24), Words.address(random, 25)),
                when("StringNotEqualsIfExists", "aws:SourceVpc", "vpc-" + Words.hex(random, 17)),
                when("BoolIfExists", "aws:ViaAWSService", "false"));
    }
}
