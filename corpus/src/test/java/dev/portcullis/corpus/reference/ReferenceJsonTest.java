package dev.portcullis.corpus.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.corpus.reference.ReferenceJson.Arr;
import dev.portcullis.corpus.reference.ReferenceJson.Bool;
import dev.portcullis.corpus.reference.ReferenceJson.Malformed;
import dev.portcullis.corpus.reference.ReferenceJson.Nul;
import dev.portcullis.corpus.reference.ReferenceJson.Num;
import dev.portcullis.corpus.reference.ReferenceJson.Obj;
import dev.portcullis.corpus.reference.ReferenceJson.Str;
import dev.portcullis.policy.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceJsonTest {

    @Test
    void read_everyKindOfValue_keepsTextAndPlace() {
        String text = " {\"a\":[1, -2.5e+3,true,false,null],\"a\":\"\\u0073\\n\\/\"} ";
        Obj object = (Obj) ReferenceJson.read(text);
        assertThat(object.start()).isEqualTo(1);
        assertThat(object.end()).isEqualTo(text.length() - 1);
        assertThat(object.members()).hasSize(2);
        Arr array = (Arr) object.members().get(0).value();
        assertThat(((Num) array.elements().get(1)).text()).isEqualTo("-2.5e+3");
        assertThat(((Bool) array.elements().get(2)).value()).isTrue();
        assertThat(((Bool) array.elements().get(3)).value()).isFalse();
        assertThat(array.elements().get(4)).isInstanceOf(Nul.class);
        Str last = (Str) object.get("a").orElseThrow();
        assertThat(last.value()).isEqualTo("s\n/");
        assertThat(text.substring(last.start(), last.end())).isEqualTo("\"\\u0073\\n\\/\"");
        assertThat(object.get("b")).isEmpty();
    }

    @Test
    void read_loneSurrogateEscape_isKept() {
        assertThat(((Str) ReferenceJson.read("\"\\ud801\"")).value()).isEqualTo("\ud801");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{}{}",
                "{} x",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "[1,]",
                "[1 2]",
                "[",
                "{\"a\":1",
                "\"a",
                "\"\\x\"",
                "\"\\u00g0\"",
                "\"\\u00\"",
                "\"\t\"",
                "01",
                "+1",
                ".5",
                "1.",
                "1e",
                "-",
                "NaN",
                "tru",
                "True",
                "nulll",
                "// c\n1",
                "\ufeff{}"
            })
    void read_notJson_isRefused(String text) {
        assertThatThrownBy(() -> ReferenceJson.read(text)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "0.0", "10", "1e5", "1E-5", "1.25e+10", "\"\"", "[]", "{}", "[[]]", "\t\r\n 1"})
    void read_json_isTaken(String text) {
        assertThat(ReferenceJson.read(text)).isNotNull();
    }

    @Test
    void read_errorAfterLineEnds_countsLfCrAndCrLf() {
        Malformed malformed = catchThrowableOfType(Malformed.class, () -> ReferenceJson.read("[\n1,\r2,\r\n  x]"));
        assertThat(malformed.line()).isEqualTo(4);
        assertThat(malformed.column()).isEqualTo(3);
        assertThat(malformed.offset()).isEqualTo(11);
        assertThat(malformed).hasMessageStartingWith("4:3: ");
    }

    @Test
    void read_nestedTooDeep_isRefused() {
        assertThat(ReferenceJson.read(nested(Limits.NESTING))).isNotNull();
        assertThatThrownBy(() -> ReferenceJson.read(nested(Limits.NESTING + 1))).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> ReferenceJson.read("[".repeat(1_000_000))).isInstanceOf(Malformed.class);
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    @Test
    void read_tooManyEntries_isRefused() {
        String entries = "1,".repeat(Limits.LIST_ENTRIES - 1) + "1";
        assertThat(ReferenceJson.read("[" + entries + "]")).isNotNull();
        assertThatThrownBy(() -> ReferenceJson.read("[" + entries + ",1]")).isInstanceOf(Malformed.class);
    }
}
