package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

    private static List<Line<AccessRequest>> lines(String text) throws IOException {
        RequestReader reader = new RequestReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        List<Line<AccessRequest>> lines = new ArrayList<>();
        Optional<Line<AccessRequest>> line = reader.next();
        while (line.isPresent()) {
            lines.add(line.get());
            line = reader.next();
        }
        return lines;
    }

    private static AccessRequest parts(String... context) {
        return RequestReader.ofParts("anonymous", "s3:GetObject", "*", Optional.empty(), List.of(context));
    }

    @Test
    void next_requests_readsThemInOrder() throws IOException {
        List<Line<AccessRequest>> lines = lines(
                "{\"id\":\"a\",\"principal\":\"p\",\"action\":\"s3:GetObject\",\"resource\":\"*\",\"context\":{\"k\":[\"v\"]}}\n"
                        + "\n{\"principal\":\"q\",\"action\":\"s3:PutObject\",\"resource\":{\"arn\":\"arn:aws:s3:::b\","
                        + "\"accountId\":\"111122223333\"},\"sessionPolicy\":{},\"resourcePolicy\":{},"
                        + "\"principalFacts\":{\"roleArn\":\"r\"}}\n");
        assertThat(lines).extracting(Line::id).containsExactly("a", "line 3");
        AccessRequest first = ((Line.Read<AccessRequest>) lines.get(0)).value();
        assertThat(first.principal()).isEqualTo("p");
        assertThat(first.action()).isEqualTo("s3:GetObject");
        assertThat(first.resource()).isEqualTo("*");
        assertThat(first.resourceAccount()).isEmpty();
        assertThat(first.sessionPolicies()).isEmpty();
        assertThat(first.contextValue("K")).contains(new ContextValue.Multiple(List.of("v")));
        AccessRequest second = ((Line.Read<AccessRequest>) lines.get(1)).value();
        assertThat(second.resource()).isEqualTo("arn:aws:s3:::b");
        assertThat(second.resourceAccount()).contains("111122223333");
        assertThat(second.sessionPolicies().orElseThrow())
                .extracting(PolicySource::name)
                .containsExactly("SessionPolicy");
        assertThat(second.resourcePolicy()).map(PolicySource::firstLine).contains(3);
        assertThat(second.facts().roleArn()).contains("r");
    }

    @Test
    void next_faultyLine_keepsItsIdAndGoesOn() throws IOException {
        List<Line<AccessRequest>> lines = lines(
                "{\"id\":\"a\",\"principal\":\"p\",\"action\":\"s3:GetObject\",\"resource\":\"*\",\"expect\":\"ALLOW\"}\nx\n"
                        + "{\"id\":\"c\",\"principal\":\"p\",\"action\":\"s3:GetObject\",\"resource\":\"*\"}");
        assertThat(lines).extracting(Line::id).containsExactly("a", "line 2", "c");
        assertThat(((Line.Faulty<AccessRequest>) lines.get(0)).message()).contains("unknown field `expect`");
        assertThat(lines.get(1)).isInstanceOf(Line.Faulty.class);
        assertThat(lines.get(2)).isInstanceOf(Line.Read.class);
    }

    @Test
    void ofParts_keyOnce_isSingleValued() {
        assertThat(parts("aws:SourceIp=203.0.113.7", "k=a=b", "e=").context())
                .containsEntry("aws:SourceIp", new ContextValue.Single("203.0.113.7"))
                .containsEntry("k", new ContextValue.Single("a=b"))
                .containsEntry("e", new ContextValue.Single(""))
                .hasSize(3);
    }

    @Test
    void ofParts_keyRepeatedOrBracketed_isMultivalued() {
        assertThat(parts("k=a", "k=b", "one[]=v", "none[]=").context())
                .containsEntry("k", new ContextValue.Multiple(List.of("a", "b")))
                .containsEntry("one", new ContextValue.Multiple(List.of("v")))
                .containsEntry("none", new ContextValue.Multiple(List.of()))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"novalue", "=x", "[]=x", ""})
    void ofParts_noKeyAndValue_isRefused(String part) {
        assertThatThrownBy(() -> parts(part))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("context `" + part + "` must be key=value");
    }

    @Test
    void ofParts_keysDifferingOnlyInCase_isRefused() {
        assertThatThrownBy(() -> parts("aws:SourceIp=a", "AWS:SOURCEIP=b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("differ only in case (U12)");
    }

    @Test
    void ofParts_emptyOrOversized_isRefused() {
        assertThatThrownBy(() -> RequestReader.ofParts("", "s3:GetObject", "*", Optional.empty(), List.of()))
                .hasMessage("the principal is empty");
        assertThatThrownBy(() -> RequestReader.ofParts(
                        "p", "s3:" + "x".repeat(Limits.ACTION_UNITS), "*", Optional.empty(), List.of()))
                .hasMessage("the action is longer than 256 characters");
        assertThatThrownBy(() -> RequestReader.ofParts("p", "s3:GetObject", "*", Optional.of("1"), List.of()))
                .hasMessageContaining("12 digits");
        assertThatThrownBy(() -> parts("k=" + "x".repeat(Limits.CONTEXT_VALUE_UNITS + 1)))
                .hasMessageContaining("`k` is longer than 8192");
        assertThatThrownBy(() -> parts(
                        Collections.nCopies(Limits.CONTEXT_VALUES + 1, "k=v").toArray(String[]::new)))
                .hasMessageContaining("more than 4096 context values");
        String[] keys = new String[Limits.CONTEXT_KEYS + 1];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = "k" + i + "=v";
        }
        assertThatThrownBy(() -> parts(keys)).hasMessageContaining("more than 512 context keys");
    }
}
