package dev.portcullis.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Span;
import dev.portcullis.syntax.JsonReader.Bounds;
import dev.portcullis.syntax.JsonReader.Reading;
import dev.portcullis.syntax.SyntaxTree.ArrayNode;
import dev.portcullis.syntax.SyntaxTree.BooleanNode;
import dev.portcullis.syntax.SyntaxTree.NullNode;
import dev.portcullis.syntax.SyntaxTree.NumberNode;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReaderTest {

    @Test
    void read_everyKindOfValue_isTheTreeAsWritten() {
        String text = "{\"a\": [1, -2.5e+3, true],\r\n \"b\": false, \"a\": null, \"\": {}}";
        ObjectNode object = (ObjectNode) tree(text);

        assertThat(object.span()).isEqualTo(new Span(0, text.length(), 1, 1));
        assertThat(object.members()).extracting(m -> m.name().value()).containsExactly("a", "b", "a", "");
        ArrayNode array = (ArrayNode) object.members().get(0).value();
        assertThat(array.elements().get(0)).isEqualTo(new NumberNode("1", new Span(7, 8, 1, 8)));
        assertThat(array.elements().get(1)).isEqualTo(new NumberNode("-2.5e+3", new Span(10, 17, 1, 11)));
        assertThat(array.elements().get(2)).isEqualTo(new BooleanNode(true, new Span(19, 23, 1, 20)));
        assertThat(object.members().get(1).name()).isEqualTo(new StringNode("b", new Span(28, 31, 2, 2)));
        assertThat(object.members().get(1).value()).isEqualTo(new BooleanNode(false, new Span(33, 38, 2, 7)));
        assertThat(object.members().get(2).value()).isInstanceOf(NullNode.class);
        assertThat(object.members().get(3).value()).isInstanceOf(ObjectNode.class);
    }

    @Test
    void read_escapes_areResolved() {
        StringNode string = (StringNode) tree("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\uD83D\\ude00ü\"");

        assertThat(string.value()).isEqualTo("\"\\/\b\f\n\r\tA\uD83D\uDE00ü");
    }

    @Test
    void read_lineEnds_lfCrAndCrLfEachEndALine() {
        ArrayNode array = (ArrayNode) tree("[1,\n2,\r3,\r\n4,\n\r5]");

        assertThat(array.elements())
                .extracting(element -> element.span().toString())
                .containsExactly("1:2", "2:1", "3:1", "4:1", "6:1");
    }

    @Test
    void read_columns_countUtf16Units() {
        ArrayNode array = (ArrayNode) tree("[\"\uD83D\uDE00ü\", 1]");

        assertThat(array.elements().get(1).span()).isEqualTo(new Span(8, 9, 1, 9));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {                        | 1:2  | expected a name in double quotes or `}`, found the end of the text
            ~~                       | 1:1  | expected a value, found the end of the text
            [1, 2                    | 1:6  | expected `,` or `]`, found the end of the text
            {"a": 1,}                | 1:9  | expected a name in double quotes, found `}`
            [1,]                     | 1:4  | expected a value, found `]`
            [,1]                     | 1:2  | expected a value or `]`, found `,`
            {"a" 1}                  | 1:6  | expected `:`, found `1`
            {"a": 1 "b": 2}          | 1:9  | expected `,` or `}`, found `"b"`
            {a: 1}                   | 1:2  | expected a name in double quotes or `}`, found `a`
            {'a': 1}                 | 1:2  | expected a name in double quotes or `}`, found `'`
            {"a": True}              | 1:7  | expected a value, found `True`
            [NaN]                    | 1:2  | expected a value or `]`, found `NaN`
            [01]                     | 1:2  | `01` is not a JSON number
            [1.]                     | 1:2  | `1.` is not a JSON number
            [1.5.6]                  | 1:2  | `1.5.6` is not a JSON number
            [+1]                     | 1:2  | expected a value or `]`, found `+1`
            [.5]                     | 1:2  | expected a value or `]`, found `.5`
            {} {}                    | 1:4  | expected the end of the text, found `{`
            {} // note               | 1:4  | expected the end of the text, found `/`
            [1 /* note */]           | 1:4  | expected `,` or `]`, found `/`
            ["a]                     | 1:2  | a string isn't closed
            ["\\x"]                  | 1:3  | `\\x` is no escape
            ["\\u12G4"]              | 1:3  | `\\u12G4` is no escape
            ["\\uD800"]              | 1:3  | half a surrogate pair can't stand in a string
            ["a\\u0000"]             | 1:4  | the character U+0000 can't stand in a string
            """)
    void read_syntaxError_saysWhatAndWhere(String text, String place, String message) {
        String json = text == null ? "" : text.replace("\\\\", "\\");
        Reading reading = JsonReader.read("p", json, Bounds.DOCUMENT);

        assertThat(reading.tree()).isEmpty();
        assertThat(reading.diagnostics()).hasSize(1);
        Diagnostic diagnostic = reading.diagnostics().get(0);
        assertThat(diagnostic.message()).isEqualTo(message);
        assertThat(diagnostic.span().toString()).isEqualTo(place);
        assertThat(diagnostic.isError()).isTrue();
    }

    @Test
    void read_nestingAtTheLimit_isRead() {
        int depth = Limits.NESTING;

        assertThat(tree("[".repeat(depth) + "1" + "]".repeat(depth))).isInstanceOf(ArrayNode.class);
    }

    @Test
    void read_nestingBeyondTheLimit_isRefusedAtTheBracket() {
        int depth = Limits.NESTING + 1;
        Reading reading = JsonReader.read("p", "[".repeat(depth) + "]".repeat(depth), Bounds.DOCUMENT);

        assertThat(reading.tree()).isEmpty();
        assertThat(reading.diagnostics()).extracting(Diagnostic::code).containsExactly("NESTING_TOO_DEEP");
        assertThat(reading.diagnostics().get(0).span().column()).isEqualTo(depth);
    }

    private static SyntaxTree tree(String text) {
        Reading reading = JsonReader.read("p", text.getBytes(UTF_8), Bounds.DOCUMENT);
        assertThat(reading.diagnostics()).isEqualTo(List.of());
        assertThat(reading.text()).isEqualTo(text);
        return reading.tree().orElseThrow();
    }
}
