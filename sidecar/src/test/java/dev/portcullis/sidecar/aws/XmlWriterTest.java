package dev.portcullis.sidecar.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is XML, and says what was meant. */
class XmlWriterTest {

    private static String written(String value) {
        return new String(new XmlWriter().begin("r").element("e", value).end().toUtf8(), StandardCharsets.UTF_8);
    }

    private static String readBack(String value) throws Exception {
        byte[] xml = new XmlWriter().begin("r").element("e", value).end().toUtf8();
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml))
                .getDocumentElement()
                .getTextContent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "<e>&amp;</e>",
                "]]>",
                "<!--",
                "\"'",
                "a\r\nb\rc\td",
                "é\u0085\u2028\ufffd\ue000",
                "𐐀\ud83d\ude00"
            })
    void element_anyText_readBackTheSame(String text) throws Exception {
        assertThat(readBack(text)).isEqualTo(text);
    }

    @Test
    void element_everyCharacterOfUtf16_wellFormed() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= 0xFFFF; c++) {
            all.append((char) c).append('.');
        }
        String back = readBack(all.toString());
        for (int c = 0; c <= 0xFFFF; c++) {
            boolean none =
                    (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0xD800 && c <= 0xDFFF) || c >= 0xFFFE;
            assertThat((int) back.charAt(2 * c)).as("U+%04X", c).isEqualTo(none ? 0xFFFD : c);
        }
    }

    @Test
    void begin_nested_closedInTurn() {
        assertThat(new String(
                        new XmlWriter()
                                .begin("a", "urn:x")
                                .begin("b")
                                .element("c", "1")
                                .end()
                                .end()
                                .toUtf8(),
                        StandardCharsets.UTF_8))
                .isEqualTo("<a xmlns=\"urn:x\"><b><c>1</c></b></a>");
        assertThat(written("<")).isEqualTo("<r><e>&lt;</e></r>");
    }
}
