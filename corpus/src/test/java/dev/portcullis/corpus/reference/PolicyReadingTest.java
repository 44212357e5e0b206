package dev.portcullis.corpus.reference;

import static dev.portcullis.corpus.reference.Scenes.document;
import static dev.portcullis.corpus.reference.Scenes.json;
import static dev.portcullis.corpus.reference.Scenes.policy;
import static dev.portcullis.corpus.reference.Scenes.reads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Decision;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import dev.portcullis.policy.Span;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 1 of the language's rules, and what other sections say of a document's form. */
class PolicyReadingTest {

    private static final String OK = "`Effect`:`Allow`,`Action`:`s3:GetObject`,`Resource`:`*`";

    private static void refused(String text, String rule) {
        assertThatThrownBy(() -> document(PolicyType.IDENTITY, text))
                .isInstanceOf(MalformedPolicy.class)
                .hasMessageMatching("(?s)identity:\\d+:\\d+: .*")
                .hasMessageContaining(rule);
    }

    private static void refusedStatement(String statement, String rule) {
        refused("{`Version`:`2012-10-17`,`Statement`:{" + statement + "}}", rule);
    }

    private static Decision decisionOf(String text) {
        return Scenes.decide(reads().identityPolicies(List.of(document(PolicyType.IDENTITY, text))));
    }

    private static Decision decisionOfStatement(String statement) {
        return decisionOf("{`Version`:`2012-10-17`,`Statement`:{" + statement + "}}");
    }

    @Test
    void read_notOneObject_isRefused() {
        refused("[]", "L1");
        refused("`x`", "L1");
        assertThatThrownBy(() -> document(PolicyType.IDENTITY, "{}{}")).hasMessageStartingWith("identity:1:3: ");
    }

    @Test
    void read_unknownElements_areRefused() {
        refused("{`Statement`:{" + OK + "},`Comment`:`x`}", "L2");
        refused("{`statement`:{" + OK + "}}", "L11");
        refusedStatement(OK + ",`effect`:`Allow`", "L11");
        refusedStatement(OK + ",`Version`:`2012-10-17`", "L8");
    }

    @Test
    void read_version_isOneOfTwoOrNone() {
        assertThat(decisionOf("{`Statement`:{" + OK + "}}")).isEqualTo(Decision.ALLOW);
        assertThat(decisionOf("{`Statement`:{" + OK + "},`Version`:`2008-10-17`}"))
                .isEqualTo(Decision.ALLOW);
        assertThat(document(PolicyType.IDENTITY, "{`Statement`:{" + OK + "}}").variables())
                .isFalse();
        assertThat(document(PolicyType.IDENTITY, "{`Version`:`2012-10-17`,`Statement`:{" + OK + "}}")
                        .variables())
                .isTrue();
        refused("{`Version`:`2012-10-17 `,`Statement`:{" + OK + "}}", "L3");
        refused("{`Version`:2012,`Statement`:{" + OK + "}}", "not a string");
    }

    @Test
    void read_statements_areOneOrAList() {
        assertThat(decisionOf("{`Statement`:[{" + OK + "}]}")).isEqualTo(Decision.ALLOW);
        refused("{`Version`:`2012-10-17`}", "L5");
        assertThat(decisionOf("{`Statement`:[]}")).isEqualTo(Decision.IMPLICIT_DENY);
        refused("{`Statement`:[`x`]}", "L5");
        refused("{`Statement`:{" + OK + "},`Statement`:{" + OK + "}}", "L6");
    }

    @Test
    void read_missingOrClashingElements_areRefused() {
        refusedStatement("`Action`:`s3:GetObject`,`Resource`:`*`", "L8");
        refusedStatement("`Effect`:`Allow`,`Resource`:`*`", "L8");
        refusedStatement("`Effect`:`Allow`,`Action`:`s3:GetObject`", "L8");
        refusedStatement(OK + ",`NotAction`:`s3:PutObject`", "L9");
        refusedStatement(OK + ",`NotResource`:`*`", "L9");
    }

    @Test
    void read_effect_isExact() {
        refusedStatement("`Effect`:`allow`,`Action`:`*`,`Resource`:`*`", "L10");
        refusedStatement("`Effect`:true,`Action`:`*`,`Resource`:`*`", "not a string");
    }

    @Test
    void read_repeatedElements_meanWhatStoredDocumentsMean() {
        // L13: the last Effect, all Actions, all Resources.
        assertThat(decisionOfStatement(
                        "`Effect`:`Deny`,`Effect`:`Allow`,`Action`:`s3:PutObject`,`Action`:`s3:GetObject`,"
                                + "`Resource`:`arn:aws:s3:::x`,`Resource`:[`arn:aws:s3:::data/*`]"))
                .isEqualTo(Decision.ALLOW);
        assertThat(decisionOfStatement("`Effect`:`Allow`,`Effect`:`Deny`,`Action`:`*`,`Resource`:`*`"))
                .isEqualTo(Decision.EXPLICIT_DENY);
        // L12
        refusedStatement(OK + ",`Sid`:`a`,`Sid`:`b`", "L12");
        refusedStatement("`Effect`:`Allow`,`NotAction`:`a:b`,`NotAction`:`a:c`,`Resource`:`*`", "L12");
        refusedStatement(OK + ",`Condition`:{},`Condition`:{}", "L12");
    }

    @Test
    void read_emptyLists_haveNoEffect() {
        // L18, L19, U29
        assertThat(decisionOfStatement("`Effect`:`Allow`,`Action`:[],`Resource`:`*`"))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decisionOfStatement("`Effect`:`Allow`,`Action`:`*`,`Resource`:[]"))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decisionOfStatement("`Effect`:`Deny`,`NotAction`:[],`Resource`:`*`"))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decisionOfStatement("`Effect`:`Deny`,`Action`:`*`,`NotResource`:[]"))
                .isEqualTo(Decision.IMPLICIT_DENY);
        Semantics literal = Semantics.defaults().with(Point.EMPTY_NOT_LIST_HAS_NO_EFFECT, false);
        ReferencePolicy notAction = Scenes.identity("{`Effect`:`Deny`,`NotAction`:[],`Resource`:`*`}");
        ReferencePolicy notResource = Scenes.identity("{`Effect`:`Deny`,`Action`:`*`,`NotResource`:[]}");
        for (ReferencePolicy policy : List.of(notAction, notResource)) {
            assertThat(Scenes.decide(reads().identityPolicies(List.of(policy)).semantics(literal)))
                    .isEqualTo(Decision.EXPLICIT_DENY);
        }
    }

    @Test
    void read_emptyCondition_isNoConditionByDefault() {
        // L21, U4
        ReferencePolicy policy = Scenes.identity("{" + OK + ",`Condition`:{}}");
        assertThat(Scenes.decide(reads().identityPolicies(List.of(policy)))).isEqualTo(Decision.ALLOW);
        assertThat(Scenes.decide(reads().identityPolicies(List.of(policy))
                        .semantics(Semantics.defaults().with(Point.EMPTY_CONDITION_HOLDS, false))))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void read_jsonEscapes_areResolvedBeforeAnything() {
        // L24
        assertThat(decisionOfStatement("`Effect`:`Allow`,`Action`:`\\u0073\\u0033:GetObject`,`Resource`:`*`"))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void read_actions_arePrefixColonName() {
        refusedStatement("`Effect`:`Allow`,`Action`:`GetObject`,`Resource`:`*`", "L29");
        refusedStatement("`Effect`:`Allow`,`Action`:`s3:Get:Object`,`Resource`:`*`", "L29");
        refusedStatement("`Effect`:`Allow`,`Action`:`:x`,`Resource`:`*`", "L29");
        refusedStatement("`Effect`:`Allow`,`Action`:``,`Resource`:`*`", "L29");
        refusedStatement("`Effect`:`Allow`,`Action`:`s3:${aws:username}`,`Resource`:`*`", "L37");
        refusedStatement("`Effect`:`Allow`,`Action`:5,`Resource`:`*`", "not a string");
        refusedStatement("`Effect`:`Allow`,`Action`:[[`s3:x`]],`Resource`:`*`", "not a string");
    }

    @Test
    void read_resources_areArnsOrStar() {
        refusedStatement("`Effect`:`Allow`,`Action`:`*`,`Resource`:`my-bucket/*`", "L49");
        refusedStatement("`Effect`:`Allow`,`Action`:`*`,`NotResource`:[`*`,``]", "L49");
        refusedStatement("`Effect`:`Allow`,`Action`:`*`,`Resource`:null", "not a string");
    }

    @ParameterizedTest
    @EnumSource(PolicyType.class)
    void read_principal_standsWhereTheTypeHasOne(PolicyType type) {
        // L57
        String resource = type == PolicyType.TRUST ? "" : ",`Resource`:`*`";
        String effect = type == PolicyType.RESOURCE_CONTROL ? "Deny" : "Allow";
        String without = "{`Effect`:`" + effect + "`,`Action`:`s3:GetObject`" + resource + "}";
        String with = "{`Effect`:`" + effect + "`,`Principal`:`*`,`Action`:`s3:GetObject`" + resource + "}";
        assertThat(policy(type, type.namesPrincipals() ? with : without).size()).isEqualTo(1);
        assertThatThrownBy(() -> policy(type, type.namesPrincipals() ? without : with))
                .isInstanceOf(MalformedPolicy.class)
                .hasMessageContaining("L57");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "`arn:aws:iam::111122223333:root`",
                "{`User`:`x`}",
                "{`aws`:`*`}",
                "[`*`]",
                "5",
                "null",
                "{`AWS`:5}",
                "{`AWS`:`*`,`AWS`:`*`}",
                "{`AWS`:`${aws:PrincipalArn}`}"
            })
    void read_principalOfAnotherForm_isRefused(String principal) {
        // L58
        assertThatThrownBy(() -> Scenes.resource(Scenes.allowTo(principal))).isInstanceOf(MalformedPolicy.class);
    }

    @Test
    void read_trustPolicy_hasNoResourceAndNoNotPrincipal() {
        // L8, L73
        assertThatThrownBy(() -> policy(PolicyType.TRUST, Scenes.allowTo("`*`")))
                .hasMessageContaining("L8");
        assertThatThrownBy(() ->
                        policy(PolicyType.TRUST, "{`Effect`:`Deny`,`NotPrincipal`:`*`,`Action`:`sts:AssumeRole`}"))
                .hasMessageContaining("L73");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "`Effect`:`Allow`,`Principal`:`*`,`Action`:`sqs:SendMessage`,`Resource`:`*`",
                "`Effect`:`Deny`,`Principal`:`*`,`Action`:`*`,`Resource`:`*`",
                "`Effect`:`Deny`,`Principal`:`*`,`Action`:`s*:X`,`Resource`:`*`",
                "`Effect`:`Deny`,`Principal`:`*`,`NotAction`:`sqs:SendMessage`,`Resource`:`*`",
                "`Effect`:`Deny`,`NotPrincipal`:`*`,`Action`:`sqs:SendMessage`,`Resource`:`*`",
                "`Effect`:`Deny`,`Principal`:{`AWS`:`111122223333`},`Action`:`sqs:SendMessage`,`Resource`:`*`",
                "`Effect`:`Deny`,`Principal`:[`*`],`Action`:`sqs:SendMessage`,`Resource`:`*`"
            })
    void read_resourceControlPolicyOfAnotherForm_isRefused(String statement) {
        // L26 (live), E60
        assertThatThrownBy(() -> policy(PolicyType.RESOURCE_CONTROL, "{" + statement + "}"))
                .isInstanceOf(MalformedPolicy.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "`Effect`:`Deny`,`Principal`:`*`,`Action`:`SQS:NoSuch`,`Resource`:`*`",
                "`Effect`:`Deny`,`Principal`:{`AWS`:`*`},`Action`:`sqs:*`,`NotResource`:`arn:aws:sqs:*:*:x`",
                "`Effect`:`Allow`,`Principal`:`*`,`Action`:`*`,`Resource`:`*`"
            })
    void read_resourceControlPolicy_isTaken(String statement) {
        // L26 (live), E54, E60
        assertThat(policy(PolicyType.RESOURCE_CONTROL, "{" + statement + "}").size())
                .isEqualTo(1);
    }

    @Test
    void read_conditionKeyThatNoRequestHas_isTaken() {
        // L87, L156
        assertThat(decisionOfStatement(OK + ",`Condition`:{`StringNotEquals`:{`SourceIp`:`x`,`aws:RequestTag`:`y`}}"))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void read_conditionOfAnotherForm_isRefused() {
        refusedStatement(OK + ",`Condition`:[]", "L76");
        refusedStatement(OK + ",`Condition`:{`StringEquals`:`x`}", "L76");
        refusedStatement(OK + ",`Condition`:{`StringEquals`:{`aws:username`:{`x`:1}}}", "not a string");
        refusedStatement(OK + ",`Condition`:{`StringEquals`:{`aws:username`:null}}", "not a string");
        refusedStatement(OK + ",`Condition`:{`StringEquals`:{`a:b`:`x`},`StringEquals`:{`a:c`:`x`}}", "L12");
        refusedStatement(OK + ",`Condition`:{`StringEquals`:{`aws:username`:`x`,`AWS:UserName`:`y`}}", "L82");
        refusedStatement(OK + ",`Condition`:{`StringEquals`:{`aws:RequestTag/${aws:username}`:`x`}}", "L137");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StringEqual",
                "ForAllValue:StringEquals",
                "StringEqualIfExists",
                "NullIfExists",
                "ForAllValues:NullIfExists",
                "stringequals",
                "StringEqualsIfExistsIfExists",
                "ForAnyValue:ForAllValues:StringEquals",
                "IfExists",
                ""
            })
    void read_unknownOperator_isRefused(String operator) {
        refusedStatement(OK + ",`Condition`:{`" + operator + "`:{`aws:username`:`true`}}", "L89");
    }

    @Test
    void read_operatorInOtherLetterCase_isTakenWhereTheSettingSaysSo() {
        // U3
        Semantics ignoring = Semantics.defaults().with(Point.OPERATOR_NAMES_IGNORE_CASE, true);
        String text = "{`Statement`:{" + OK + ",`Condition`:{`foranyvalue:STRINGLIKEifexists`:{`aws:username`:`x`}}}}";
        assertThat(document(PolicyType.IDENTITY, text, ignoring).size()).isEqualTo(1);
        refused(text, "L89");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${aws:username",
                "${aws:username, 'x}",
                "${aws:username, x}",
                "${aws:username,'x'}",
                "${aws: username}",
                "${ aws:username}",
                "${}",
                "${, 'x'}",
                "${aws:username, 'a'b'}",
                "${a${b}}"
            })
    void read_badVariable_isRefusedInVersion2012Only(String variable) {
        // L145, L147
        String condition = ",`Condition`:{`StringEquals`:{`aws:username`:`" + variable + "`}}";
        refusedStatement(OK + condition, "L147");
        refusedStatement("`Effect`:`Allow`,`Action`:`*`,`Resource`:`arn:aws:s3:::b/" + variable + "`", "L147");
        assertThat(document(PolicyType.IDENTITY, "{`Statement`:{" + OK + condition + "}}")
                        .size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NumericEquals", "DateLessThan", "IpAddress", "BinaryEquals", "Null", "Bool"})
    void read_variableWithOtherOperators_isRefused(String operator) {
        // L99, L104, L114, L127, L148, U19
        refusedStatement(OK + ",`Condition`:{`" + operator + "`:{`a:b`:`${aws:EpochTime}`}}", "L148");
    }

    @Test
    void read_binaryThatIsNotBase64_isRefused() {
        // L107 (live: also where a session policy is taken)
        for (PolicyType type : List.of(PolicyType.IDENTITY, PolicyType.SESSION)) {
            assertThatThrownBy(() -> policy(type, "{" + OK + ",`Condition`:{`BinaryEquals`:{`a:b`:`no-binary`}}}"))
                    .hasMessageContaining("L107");
        }
    }

    @Test
    void read_unreadableValues_areTaken() {
        // L88
        assertThat(policy(
                                PolicyType.SESSION,
                                "{" + OK + ",`Condition`:{`NumericEquals`:{`a:b`:`NaN`},`DateEquals`:{`a:b`:`x`},"
                                        + "`IpAddress`:{`a:b`:`x`},`ArnLike`:{`a:b`:`x`},`Bool`:{`a:b`:`x`}}}")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void read_severalProblems_areAllNamedWithTheirPlaces() {
        String text = json("{`Version`:`x`,\n `Statement`:[{`Effect`:`allow`},\r\n  {`Nope`:1}]}");
        assertThatThrownBy(() -> ReferencePolicy.read("p", PolicyType.IDENTITY, text, Map.of()))
                .hasMessageContaining("p:1:12: ")
                .hasMessageContaining("p:2:25: `allow`")
                .hasMessageContaining("p:3:4: `Nope`");
    }

    @Test
    void of_nodeInLargerText_countsInThatText() {
        String line = json("{`policy`:{`Statement`:[{" + OK + "}]}}");
        ReferenceJson.Node node =
                ((ReferenceJson.Obj) ReferenceJson.read(line)).get("policy").orElseThrow();
        ReferencePolicy policy = ReferencePolicy.of("p", PolicyType.IDENTITY, node, line, 17, Map.of());
        Span span = policy.statements().get(0).span();
        assertThat(span.line()).isEqualTo(17);
        assertThat(span.column()).isEqualTo(25);
        assertThat(line.substring(span.start(), span.end())).isEqualTo(json("{" + OK + "}"));
    }

    @Test
    void read_placeholders_areBound() {
        String text = json("{`Version`:`2012-10-17`,`Statement`:{`Effect`:`Allow`,`Action`:`{{ service }}:GetObject`,"
                + "`Resource`:`arn:aws:s3:::{{bucket}}/*`,`Condition`:{`StringEquals`:{`aws:PrincipalTag/{{tag}}`:"
                + "`{{not{one}}`}}}}");
        ReferencePolicy policy = ReferencePolicy.read(
                "p", PolicyType.IDENTITY, text, Map.of("service", "s3", "bucket", "{{service}}", "tag", "team"));
        StatementText statement = policy.statements().get(0);
        assertThat(statement.action().entries()).containsExactly("s3:GetObject");
        // A value is not looked at again.
        assertThat(statement.resource().orElseThrow().entries().get(0).text()).isEqualTo("arn:aws:s3:::{{service}}/*");
        assertThat(statement.clauses().get(0).key()).isEqualTo("aws:PrincipalTag/team");
        assertThat(statement.clauses().get(0).values().get(0).text()).isEqualTo("{{not{one}}");
        assertThatThrownBy(() -> ReferencePolicy.read("p", PolicyType.IDENTITY, text, Map.of("service", "s3")))
                .hasMessageContaining("`{{bucket}}` has no value")
                .hasMessageContaining("`{{tag}}` has no value");
    }

    @Test
    void read_limits_areKept() {
        String longest = "x".repeat(Limits.PATTERN_UNITS - 15);
        assertThat(decisionOfStatement("`Effect`:`Allow`,`Action`:`*`,`Resource`:`arn:aws:s3:::b/" + longest + "`"))
                .isEqualTo(Decision.IMPLICIT_DENY);
        refusedStatement("`Effect`:`Allow`,`Action`:`*`,`Resource`:`arn:aws:s3:::b/" + longest + "x`", "longer");
        refusedStatement(
                "`Effect`:`Allow`,`Action`:`*`,`Resource`:`arn:aws:s3:::"
                        + "*".repeat(Limits.PATTERN_WILDCARDS + 1)
                        + "`",
                "wildcards");
        refusedStatement(
                "`Effect`:`Allow`,`Action`:`*`,`Resource`:`arn:aws:s3:::"
                        + "${a:b}".repeat(Limits.PATTERN_VARIABLES + 1)
                        + "`",
                "variables");
        String statements = String.join(",", Collections.nCopies(Limits.STATEMENTS + 1, "{" + OK + "}"));
        refused("{`Statement`:[" + statements + "]}", "statements");
        refused("{`Statement`:{" + OK + "},`Id`:`" + "x".repeat(Limits.DOCUMENT_BYTES) + "`}", "bytes");
    }
}
