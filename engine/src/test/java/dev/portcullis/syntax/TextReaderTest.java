package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.AnyText;
import dev.portcullis.policy.TextPattern.AnyUnit;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Segment;
import dev.portcullis.policy.TextPattern.Variable;
import dev.portcullis.syntax.JsonReader.Bounds;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextReaderTest {

    /** Literals in quotes, {@code *}, {@code ?}, {@code $key} and {@code $key='default'}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            abc                                  | "abc"
            a*b?c                                | "a" * "b" ? "c"
            **?                                  | * * ?
            *?*                                  | * ? *
            ${aws:username}                      | $aws:username
            home/${aws:username}/*               | "home/" $aws:username "/" *
            ${aws:PrincipalTag/team, 'company-wide'} | $aws:PrincipalTag/team='company-wide'
            ${k, 'two words, and a comma'}       | $k='two words, and a comma'
            ${k, ''}                             | $k=''
            ${k, '*?$'}                          | $k='*?$'
            ${a}${b}                             | $a $b
            ${*}.${?}${$}                        | "*.?$"
            a$b                                  | "a$b"
            a$                                   | "a$"
            $$                                   | "$$"
            $${a}                                | "$" $a
            {a}                                  | "{a}"
            a}b                                  | "a}b"
            \\*                                  | "\\" *
            arn:aws:s3:::b/*                     | "arn:aws:s3:::b/" *
            ${aws:PrincipalTag/größe}            | $aws:PrincipalTag/größe
            grün*                                | "grün" *
            """)
    void read_everythingSpecial_isSplitIntoSegments(String text, String expected) {
        String value = text.replace("\\\\", "\\");

        TextReader.Reading reading = reader().read(node(value), true, true);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.pattern().source()).isEqualTo(value);
        assertThat(shown(reading.pattern())).isEqualTo(expected.replace("\\\\", "\\"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a*${aws:username}?   | true  | false | "a" * "${aws:username}" ?
            ${*}                 | true  | false | "${" * "}"
            ${                   | true  | false | "${"
            a*${aws:username}?   | false | true  | "a*" $aws:username "?"
            ${*}${k, 'd'}        | false | true  | "*" $k='d'
            a*${aws:username}?   | false | false | "a*${aws:username}?"
            ~~                   | true  | true  | ~~
            """)
    void read_notEverythingSpecial_restIsText(String text, boolean wildcards, boolean variables, String expected) {
        TextReader.Reading reading = reader().read(node(text), wildcards, variables);

        assertThat(reading.problems()).isEmpty();
        assertThat(shown(reading.pattern())).isEqualTo(expected);
    }

    @Test
    void read_neighbouringLiterals_areJoined() {
        TextPattern pattern = reader().read(node("a:b:${$}${*}c"), true, true).pattern();

        assertThat(pattern.segments()).containsExactly(new Literal("a:b:$*c"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ${aws:username        | MISSING_BRACE_IN_VARIABLE     | 0 | 14
            x${                   | MISSING_BRACE_IN_VARIABLE     | 1 | 3
            ${${}}                | MISSING_BRACE_IN_VARIABLE     | 0 | 2
            ${a/${b}              | MISSING_BRACE_IN_VARIABLE     | 0 | 4
            ${aws:username, 'x}   | MISSING_QUOTE_IN_VARIABLE     | 0 | 19
            ${aws:username, x'}   | MISSING_QUOTE_IN_VARIABLE     | 0 | 19
            ${aws:username, x}    | MISSING_QUOTE_IN_VARIABLE     | 0 | 18
            ${aws:username,}      | MISSING_QUOTE_IN_VARIABLE     | 0 | 16
            ${aws:username, '}    | MISSING_QUOTE_IN_VARIABLE     | 0 | 18
            ${aws: username}      | UNSUPPORTED_SPACE_IN_VARIABLE | 0 | 16
            ${ aws:username}      | UNSUPPORTED_SPACE_IN_VARIABLE | 0 | 16
            ${aws:username }      | UNSUPPORTED_SPACE_IN_VARIABLE | 0 | 16
            ${aws:username , 'x'} | UNSUPPORTED_SPACE_IN_VARIABLE | 0 | 21
            ${aws:username,  'x'} | UNSUPPORTED_SPACE_IN_VARIABLE | 0 | 21
            ${aws:username, 'x' } | UNSUPPORTED_SPACE_IN_VARIABLE | 0 | 21
            ${}                   | EMPTY_VARIABLE                | 0 | 3
            ${, 'x'}              | EMPTY_VARIABLE                | 0 | 8
            ${aws:username,'x'}   | INVALID_VARIABLE              | 0 | 19
            ${k, 'it's'}          | INVALID_VARIABLE              | 0 | 12
            ${k, 'a{b'}           | INVALID_VARIABLE              | 0 | 11
            ${aws:*}              | INVALID_VARIABLE              | 0 | 8
            ${**}                 | INVALID_VARIABLE              | 0 | 5
            ${"a"}                | INVALID_VARIABLE              | 0 | 6
            ${*, 'x'}             | INVALID_VARIABLE              | 0 | 9
            """)
    void read_brokenVariable_isRefusedInItsPlace(String text, String code, int start, int end) {
        String document = "[\"" + text.replace("\"", "\\\"") + "\"]";
        TextReader.Reading reading = reader(document, Map.of()).read(only(document), true, true);

        assertThat(reading.problems()).extracting(Diagnostic::code).startsWith(code);
        assertThat(reading.problems()).allMatch(Diagnostic::isError);
        assertThat(reading.problems().get(0).message()).startsWith("the variable `${");
        assertThat(reading.problems().get(0).span().start()).isEqualTo(start + 2);
        if (!text.contains("\"")) {
            assertThat(reading.problems().get(0).span().end()).isEqualTo(end + 2);
        }
    }

    @Test
    void read_severalBrokenVariables_areAllReported() {
        String document = "[\"${}-${a b}-${ok}-${c, d}-${e\"]";
        TextReader.Reading reading = reader(document, Map.of()).read(only(document), false, true);

        assertThat(reading.problems())
                .extracting(Diagnostic::code)
                .containsExactly(
                        "EMPTY_VARIABLE",
                        "UNSUPPORTED_SPACE_IN_VARIABLE",
                        "MISSING_QUOTE_IN_VARIABLE",
                        "MISSING_BRACE_IN_VARIABLE");
        assertThat(reading.problems())
                .extracting(problem -> document.substring(
                        problem.span().start(), problem.span().end()))
                .containsExactly("${}", "${a b}", "${c, d}", "${e");
    }

    @Test
    void read_escapesBeforeAProblem_itsPlaceCountsInTheDocument() {
        String document = "\n  [\"\\u0041\\n\\\\${}\"]";
        Diagnostic problem = reader(document, Map.of())
                .read(only(document), true, true)
                .problems()
                .get(0);

        assertThat(document.substring(problem.span().start(), problem.span().end()))
                .isEqualTo("${}");
        assertThat(problem.span().toString()).isEqualTo("2:15");
    }

    @Test
    void read_problemInAnEscape_coversTheEscape() {
        String document = "[\"\\u0024\\u007b\\u007D\"]";
        Diagnostic problem = reader(document, Map.of())
                .read(only(document), true, true)
                .problems()
                .get(0);

        assertThat(document.substring(problem.span().start(), problem.span().end()))
                .isEqualTo("\\u0024\\u007b\\u007D");
    }

    @Test
    void read_problemFromAPlaceholder_isAtThePlaceholder() {
        String document = "[\"a/{{x}}/b\"]";
        Map<String, String> parameters = Map.of("x", "long text ${} and more");
        StringNode bound =
                (StringNode) ((SyntaxTree.ArrayNode) Placeholders.bind("p", document, tree(document), parameters)
                                .tree())
                        .elements()
                        .get(0);

        Diagnostic problem =
                reader(document, parameters).read(bound, true, true).problems().get(0);

        assertThat(problem.code()).isEqualTo("EMPTY_VARIABLE");
        assertThat(document.substring(problem.span().start(), problem.span().end()))
                .isEqualTo("{{x}}");
    }

    @Test
    void read_longestPattern_isRead() {
        String text =
                "*".repeat(Limits.PATTERN_WILDCARDS) + "a".repeat(Limits.PATTERN_UNITS - Limits.PATTERN_WILDCARDS);

        assertThat(reader().read(node(text), true, true).problems()).isEmpty();
    }

    @Test
    void read_patternBeyondItsLimits_isRefused() {
        assertThat(codes("a".repeat(Limits.PATTERN_UNITS + 1))).containsExactly("PATTERN_TOO_LONG");
        assertThat(codes("*".repeat(Limits.PATTERN_WILDCARDS + 1))).containsExactly("TOO_MANY_WILDCARDS");
        assertThat(codes("?".repeat(Limits.PATTERN_WILDCARDS + 1))).containsExactly("TOO_MANY_WILDCARDS");
        assertThat(codes("${a}".repeat(Limits.PATTERN_VARIABLES))).isEmpty();
        assertThat(codes("${a}".repeat(Limits.PATTERN_VARIABLES + 1))).containsExactly("TOO_MANY_VARIABLES");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            arn:aws:s3:::b                                   | "arn" / "aws" / "s3" / ~~ / ~~ / "b"
            arn:aws:s3:::b/*                                 | "arn" / "aws" / "s3" / ~~ / ~~ / "b/" *
            arn:aws:logs:us-*-1:${aws:PrincipalAccount}:a:b* | "arn" / "aws" / "logs" / "us-" * "-1" / $aws:PrincipalAccount / "a:b" *
            arn:aws:sqs                                      | "arn" / "aws" / "sqs"
            arn:*                                            | "arn" / *
            *                                                | *
            a                                                | "a"
            ::::::*:                                         | ~~ / ~~ / ~~ / ~~ / ~~ / ":" * ":"
            """)
    void readArn_isDividedAtItsFirstFiveColons(String text, String expected) {
        TextReader.Reading reading = reader().readArn(node(text), true);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.fields().stream().map(TextReaderTest::shown).collect(Collectors.joining(" / ")))
                .isEqualTo(expected.replace("~", ""));
        assertThat(reading.fields().stream().map(TextPattern::source).collect(Collectors.joining(":")))
                .isEqualTo(text);
        assertThat(reading.pattern())
                .isEqualTo(reader().read(node(text), true, true).pattern());
    }

    private static List<String> codes(String text) {
        String document = "[\"" + text + "\"]";
        return reader(document, Map.of()).read(only(document), true, true).problems().stream()
                .map(Diagnostic::code)
                .toList();
    }

    private static String shown(TextPattern pattern) {
        return pattern.segments().stream().map(TextReaderTest::shown).collect(Collectors.joining(" "));
    }

    private static String shown(Segment segment) {
        if (segment instanceof Literal literal) {
            return '"' + literal.text() + '"';
        }
        if (segment instanceof Variable variable) {
            Optional<String> fallback = variable.fallback().map(text -> "='" + text + "'");
            return "$" + variable.key() + fallback.orElse("");
        }
        assertThat(segment).isInstanceOfAny(AnyText.class, AnyUnit.class);
        return segment instanceof AnyText ? "*" : "?";
    }

    private static TextReader reader() {
        return reader("", Map.of());
    }

    private static TextReader reader(String document, Map<String, String> parameters) {
        return new TextReader("p", new Places(document, parameters));
    }

    private static StringNode node(String value) {
        return only("[" + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"' + "]");
    }

    private static StringNode only(String document) {
        return (StringNode) ((SyntaxTree.ArrayNode) tree(document)).elements().get(0);
    }

    private static SyntaxTree tree(String document) {
        return JsonReader.read("p", document, Bounds.DOCUMENT).tree().orElseThrow();
    }
}
