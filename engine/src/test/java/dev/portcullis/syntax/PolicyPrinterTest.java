package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.ActionElement;
import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.PolicyVersion;
import dev.portcullis.policy.Principal;
import dev.portcullis.policy.PrincipalElement;
import dev.portcullis.policy.ResourceElement;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.Statement;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.syntax.JsonReader.Bounds;
import dev.portcullis.syntax.SyntaxTree.ArrayNode;
import dev.portcullis.syntax.SyntaxTree.Member;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PolicyPrinterTest {

    private static final Span NONE = Span.NONE;

    @Test
    void print_everyElement_isWrittenInOrder() {
        Statement full = new Statement(
                0,
                Optional.of("First"),
                Effect.DENY,
                Optional.of(new PrincipalElement(
                        true,
                        List.of(
                                new Principal.Account("111122223333", "111122223333", NONE),
                                new Principal.Service("q.amazonaws.com", NONE),
                                new Principal.Role("arn:aws:iam::111122223333:role/dev", NONE),
                                new Principal.Federated("accounts.google.com", NONE),
                                new Principal.CanonicalUser("79a5", NONE)),
                        NONE)),
                actions(true, "s3:Get*", "q:SendMessage"),
                Optional.of(resources(false, "arn:aws:s3:::b/${aws:username}/*")),
                List.of(
                        condition("StringLike", "aws:username", "a*", "b\"\\\n"),
                        condition("ForAllValues:StringEqualsIfExists", "aws:TagKeys", "team"),
                        condition("StringLike", "s3:prefix", "ü→\u0001")),
                false,
                NONE);
        Statement small = new Statement(
                1,
                Optional.empty(),
                Effect.ALLOW,
                Optional.empty(),
                actions(false, "*"),
                Optional.of(resources(true)),
                List.of(),
                true,
                NONE);
        PolicyDocument document = new PolicyDocument(
                "p",
                PolicyType.RESOURCE,
                Optional.of(PolicyVersion.V2012_10_17),
                Optional.of("an id"),
                List.of(full, small),
                "");

        assertThat(PolicyPrinter.print(document)).isEqualTo("""
                {
                  "Version": "2012-10-17",
                  "Id": "an id",
                  "Statement": [
                    {
                      "Sid": "First",
                      "Effect": "Deny",
                      "NotPrincipal": {
                        "AWS": [
                          "111122223333",
                          "arn:aws:iam::111122223333:role/dev"
                        ],
                        "Service": "q.amazonaws.com",
                        "Federated": "accounts.google.com",
                        "CanonicalUser": "79a5"
                      },
                      "NotAction": [
                        "s3:Get*",
                        "q:SendMessage"
                      ],
                      "Resource": "arn:aws:s3:::b/${aws:username}/*",
                      "Condition": {
                        "StringLike": {
                          "aws:username": [
                            "a*",
                            "b\\"\\\\\\n"
                          ],
                          "s3:prefix": "ü\\u2192\\u0001"
                        },
                        "ForAllValues:StringEqualsIfExists": {
                          "aws:TagKeys": "team"
                        }
                      }
                    },
                    {
                      "Effect": "Allow",
                      "Action": "*",
                      "NotResource": [],
                      "Condition": {}
                    }
                  ]
                }
                """);
    }

    @Test
    void print_everyone_isASingleStar() {
        assertThat(printed(new Principal.Everyone(NONE))).contains("\"Principal\": \"*\"");
    }

    @Test
    void print_everyoneAmongOthers_isAnAwsPrincipal() {
        String text = printed(new Principal.Service("q.amazonaws.com", NONE), new Principal.Everyone(NONE));

        assertThat(text.replaceAll("\\s", ""))
                .contains("\"Principal\":{\"Service\":\"q.amazonaws.com\",\"AWS\":\"*\"}");
    }

    @Test
    void print_nobody_isAnEmptyObject() {
        assertThat(printed()).contains("\"Principal\": {}");
    }

    @Test
    void print_anyCharacter_isReadBackTheSame() {
        StringBuilder all = new StringBuilder();
        for (int point = 1; point < 0x3000; point++) {
            all.appendCodePoint(point);
        }
        all.append("\uFEFF\uFFFF\uD83D\uDE00");

        String text = PolicyPrinter.print(document(new Principal.Service(all.toString(), NONE)));

        assertThat(text.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c <= '~') || (c >= 0xA0 && c <= 0xFF));
        assertThat(strings(JsonReader.read("p", text, Bounds.DOCUMENT).tree().orElseThrow()))
                .contains(all.toString());
    }

    private static String printed(Principal... principals) {
        return PolicyPrinter.print(document(principals));
    }

    private static PolicyDocument document(Principal... principals) {
        Statement statement = new Statement(
                0,
                Optional.empty(),
                Effect.ALLOW,
                Optional.of(new PrincipalElement(false, List.of(principals), NONE)),
                actions(false, "*"),
                Optional.empty(),
                List.of(),
                false,
                NONE);
        return new PolicyDocument("p", PolicyType.TRUST, Optional.empty(), Optional.empty(), List.of(statement), "");
    }

    private static ActionElement actions(boolean negated, String... texts) {
        return new ActionElement(
                negated,
                Stream.of(texts).map(text -> new ActionPattern(text, NONE)).toList(),
                NONE);
    }

    private static ResourceElement resources(boolean negated, String... texts) {
        return new ResourceElement(
                negated,
                Stream.of(texts)
                        .map(text -> new ResourcePattern(TextPattern.literal(text), NONE))
                        .toList(),
                NONE);
    }

    private static Condition condition(String operator, String key, String... values) {
        return new Condition(
                ConditionOperator.parse(operator).orElseThrow(),
                key,
                Stream.of(values)
                        .map(text -> new ConditionValue(TextPattern.literal(text), NONE))
                        .toList(),
                NONE);
    }

    private static Stream<String> strings(SyntaxTree tree) {
        if (tree instanceof StringNode string) {
            return Stream.of(string.value());
        }
        if (tree instanceof ArrayNode array) {
            return array.elements().stream().flatMap(PolicyPrinterTest::strings);
        }
        if (tree instanceof ObjectNode object) {
            return object.members().stream().map(Member::value).flatMap(PolicyPrinterTest::strings);
        }
        return Stream.of();
    }
}
