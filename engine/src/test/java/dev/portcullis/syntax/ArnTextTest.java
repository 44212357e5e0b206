package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.AnyText;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Variable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArnTextTest {

    @Test
    void parse_sixParts_theLastIsAllTheRest() { // L39
        assertThat(ArnText.parse("arn:aws:logs:us-east-1:111122223333:log-group:a/b:*"))
                .contains(new ArnText("aws", "logs", "us-east-1", "111122223333", "log-group:a/b:*"));
        assertThat(ArnText.parse("arn:aws:s3:::b")).contains(new ArnText("aws", "s3", "", "", "b"));
        assertThat(ArnText.parse("arn:::::")).contains(new ArnText("", "", "", "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "arn", "arn:aws:s3", "arn:aws:s3::b", "ARN:aws:s3:::b", "x:aws:s3:::b", "not-an-arn"})
    void parse_noArn_isEmpty(String text) { // L120
        assertThat(ArnText.parse(text)).isEmpty();
    }

    @Test
    void fields_colonOfAVariable_divisesNothing() {
        Variable name = new Variable("aws:username", Optional.empty());
        TextPattern pattern = new TextPattern(
                "arn:aws:sns:*::${aws:username}:a:b",
                List.of(new Literal("arn:aws:sns:"), new AnyText(), new Literal("::"), name, new Literal(":a:b")));
        assertThat(ArnText.fields(pattern))
                .containsExactly(
                        List.of(new Literal("arn")),
                        List.of(new Literal("aws")),
                        List.of(new Literal("sns")),
                        List.of(new AnyText()),
                        List.of(),
                        List.of(name, new Literal(":a:b")));
    }

    @Test
    void fields_fewColons_fewFields() {
        assertThat(ArnText.fields(TextPattern.literal("arn:aws:s3"))).hasSize(3);
        assertThat(ArnText.fields(TextPattern.literal(""))).containsExactly(List.of());
    }
}
