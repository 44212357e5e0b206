package dev.portcullis.corpus.reference;

import dev.portcullis.Decision;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.util.List;
import java.util.Map;

/** Builds what the tests ask about. JSON is written with backticks for double quotes. */
final class Scenes {

    static final String ACCOUNT = "111122223333";
    static final String OTHER_ACCOUNT = "444455556666";
    static final String ROOT = "arn:aws:iam::111122223333:root";
    static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    static final String SESSION = "arn:aws:sts::111122223333:assumed-role/app/s1";
    static final String ROLE = "arn:aws:iam::111122223333:role/app";
    static final String FEDERATED = "arn:aws:sts::111122223333:federated-user/alice";
    static final String OBJECT = "arn:aws:s3:::data/k.txt";
    static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/1234";

    static final String ALLOW_ALL = "{`Effect`:`Allow`,`Action`:`*`,`Resource`:`*`}";
    static final String ALLOW_NOTHING = "{`Effect`:`Allow`,`Action`:`ec2:StartInstances`,`Resource`:`*`}";
    static final String DENY_ALL = "{`Effect`:`Deny`,`Action`:`*`,`Resource`:`*`}";

    private Scenes() {}

    static String json(String text) {
        return text.replace('`', '"');
    }

    /** A document of version 2012-10-17 with these statements, named after its type. */
    static ReferencePolicy policy(PolicyType type, String... statements) {
        return document(type, "{`Version`:`2012-10-17`,`Statement`:[" + String.join(",", statements) + "]}");
    }

    static ReferencePolicy document(PolicyType type, String text) {
        return document(type, text, Semantics.defaults());
    }

    static ReferencePolicy document(PolicyType type, String text, Semantics semantics) {
        return ReferencePolicy.read(type.shortName(), type, json(text), Map.of(), semantics);
    }

    static ReferencePolicy identity(String... statements) {
        return policy(PolicyType.IDENTITY, statements);
    }

    static ReferencePolicy resource(String... statements) {
        return policy(PolicyType.RESOURCE, statements);
    }

    static List<ReferencePolicy> boundary(String... statements) {
        return List.of(policy(PolicyType.BOUNDARY, statements));
    }

    static List<ReferencePolicy> session(String... statements) {
        return List.of(policy(PolicyType.SESSION, statements));
    }

    static Situation.Level serviceControl(String place, String... statements) {
        return new Situation.Level(
                place, statements.length == 0 ? List.of() : List.of(policy(PolicyType.SERVICE_CONTROL, statements)));
    }

    static Situation.Level resourceControl(String place, String... statements) {
        return new Situation.Level(
                place, statements.length == 0 ? List.of() : List.of(policy(PolicyType.RESOURCE_CONTROL, statements)));
    }

    /** An Allow of everything to a principal, e.g. {@code {`AWS`:`*`}}. */
    static String allowTo(String principal) {
        return "{`Effect`:`Allow`,`Principal`:" + principal + ",`Action`:`*`,`Resource`:`*`}";
    }

    static String denyTo(String principal) {
        return "{`Effect`:`Deny`,`Principal`:" + principal + ",`Action`:`*`,`Resource`:`*`}";
    }

    static String aws(String principal) {
        return "{`AWS`:`" + principal + "`}";
    }

    /** Alice reads an object of her own account. */
    static Situation.Builder reads() {
        return Situation.builder().principal(ALICE).action("s3:GetObject").resource(OBJECT, ACCOUNT);
    }

    static Decision decide(Situation.Builder situation) {
        return ReferenceEvaluator.decide(situation.build());
    }

    /** Whether an identity-based Allow of everything on everything applies under this condition block. */
    static boolean holds(String condition, Map<String, ContextValue> context) {
        return holds(condition, context, Semantics.defaults());
    }

    static boolean holds(String condition, Map<String, ContextValue> context, Semantics semantics) {
        ReferencePolicy policy = document(
                PolicyType.IDENTITY,
                "{`Version`:`2012-10-17`,`Statement`:{`Effect`:`Allow`,`Action`:`*`,`Resource`:`*`,`Condition`:"
                        + condition + "}}",
                semantics);
        return decide(reads().identityPolicies(List.of(policy)).context(context).semantics(semantics))
                == Decision.ALLOW;
    }

    /** One operator on the single-valued key {@code svc:key}. */
    static boolean holds(String operator, String policyValue, String requestValue) {
        return holds(
                "{`" + operator + "`:{`svc:key`:`" + policyValue + "`}}",
                Map.of("svc:key", new ContextValue.Single(requestValue)));
    }
}
