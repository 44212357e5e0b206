package dev.portcullis.sidecar.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS's query protocol, as it comes in (section 4). */
class QueryFormTest {

    private static QueryForm read(String body) throws AwsError {
        return QueryForm.read(body.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            a=b,                   b
            a=b+c,                 b c
            a=b%20c,               b c
            a=%2B%26%3d,           +&=
            a=b=c=d,               b=c=d
            a=%25,                 %
            a=%2525,               %25
            a=%c3%a9%F0%90%90%80,  é𐐀
            %61=b,                 b
            &&a=b&,                b
            a=%0D%0A%09x,          '\r\n\tx'
            """)
    void read_percentEncoded_decodedOnce(String body, String value) throws AwsError {
        assertThat(read(body).value("a"))
                .contains(value.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t"));
    }

    @Test
    void read_rawUtf8_taken() throws AwsError {
        assertThat(QueryForm.read("a=é".getBytes(StandardCharsets.UTF_8)).value("a"))
                .contains("é");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%",
                "a=%2",
                "a=%zz",
                "a=%-1",
                "a=% 1",
                "a=%+1",
                "%=a",
                "a=%ff",
                "a=%c0%80",
                "a=%ed%a0%80",
                "a=\u00e9",
                "a=1&a=1",
                "a=1&%61=2",
                "a&a"
            })
    void read_brokenOrTwice_refused(String body) {
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> read(body))
                .satisfies(e -> assertThat(e.code()).isEqualTo("MalformedQueryString"));
    }

    @Test
    void value_empty_absentUnlessAskedRaw() throws AwsError {
        QueryForm form = read("a=&b");
        assertThat(form.value("a")).isEmpty();
        assertThat(form.rawValue("a")).contains("");
        assertThat(form.rawValue("b")).contains("");
        assertThat(form.rawValue("c")).isEmpty();
    }

    @Test
    void list_anyOrderAndGaps_byNumber() throws AwsError {
        QueryForm form = read("L.member.10=ten&L.member.2=two&L.member.7=seven&Lx.member.1=other");
        assertThat(form.list("L")).containsExactly("two", "seven", "ten");
        assertThat(form.list("M")).isEmpty();
    }

    @Test
    void list_emptyMember_keptAsEmpty() throws AwsError {
        assertThat(read("L.member.1=&L.member.2=b").list("L")).containsExactly("", "b");
        assertThat(read("L=").list("L")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "L=a",
                "L.1=a",
                "L.membership=a",
                "L.member=a",
                "L.member.0=a",
                "L.member.01=a",
                "L.member.=a",
                "L.member.x=a",
                "L.member.-1=a",
                "L.member.1000000=a",
                "L.member.99999999999999999999=a",
                "L.member.1.x=a",
                "L.member.%d9%a1=a"
            })
    void list_noMemberOfAList_refused(String body) throws AwsError {
        QueryForm form = read(body);
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> form.list("L"))
                .satisfies(e -> assertThat(e.code()).isEqualTo("MalformedQueryString"));
    }

    @Test
    void members_structures_namesByNumber() throws AwsError {
        QueryForm form = read("E.member.3.K=c&E.member.1.K=a&E.member.1.V.member.1=x&E.member.11.K=d");
        List<String> members = form.members("E");
        assertThat(members).containsExactly("E.member.1", "E.member.3", "E.member.11");
        assertThat(form.list("E.member.1.V")).containsExactly("x");
        assertThat(form.list("E.member.3.V")).isEmpty();
    }

    @Test
    void has_below_seen() throws AwsError {
        QueryForm form = read("A.member.1=x&B=&CD=x");
        assertThat(form.has("A")).isTrue();
        assertThat(form.has("B")).isTrue();
        assertThat(form.has("C")).isFalse();
    }

    @Test
    void allowOnly_unknown_refusedByName() throws AwsError {
        QueryForm form = read("A.member.1=x&B=y");
        form.allowOnly(Set.of("A", "B"));
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> form.allowOnly(Set.of("A")))
                .withMessageContaining("B");
    }
}
