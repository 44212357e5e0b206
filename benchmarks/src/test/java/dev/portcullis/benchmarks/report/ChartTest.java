package dev.portcullis.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {

    private static final String NAME = "statements & <\"a*\"> conditions";

    static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static LineChart lines() {
        LineChart chart = new LineChart("Growth", "policies", Figures::of);
        chart.add(NAME, List.of(new LineChart.Point(1_000, 382), new LineChart.Point(1_000_000, 1_662)));
        chart.add("naive", List.of(new LineChart.Point(1_000, 996), new LineChart.Point(10_000, 103_492)));
        chart.add("nothing", List.of());
        chart.add("index", List.of(new LineChart.Point(1_000, 390), new LineChart.Point(1_000_000, 1_670)));
        return chart;
    }

    private static BarChart bars() {
        return new BarChart("One decision").add("Portcullis", 236, 0).add(NAME, 265_515, 1);
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    @Test
    void svg_ofLines_isWellFormedAndShowsEverySeries() throws Exception {
        Document document = parsed(lines().svg());

        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(elements(document, "polyline")).hasSize(3);
        assertThat(elements(document, "circle")).hasSize(6);
        assertThat(elements(document, "text").stream().map(Element::getTextContent))
                .contains("Growth", "policies", "1,000", "1,000,000", "1 µs", "100 µs", NAME + ", 1.66 µs");
        assertThat(elements(document, "title").get(0).getTextContent()).isEqualTo("Growth");
        assertThat(elements(document, "desc").get(0).getTextContent())
                .contains("382 ns at 1,000", "1.66 µs at 1,000,000", "naive: 996 ns at 1,000");
    }

    @Test
    void svg_ofLines_namesDontStandOnEachOther() throws Exception {
        List<Double> places = elements(parsed(lines().svg()), "text").stream()
                .filter(text -> text.getAttribute("class").startsWith("fill"))
                .map(text -> Double.valueOf(text.getAttribute("y")))
                .sorted()
                .toList();

        assertThat(places).hasSize(3);
        for (int i = 1; i < places.size(); i++) {
            assertThat(places.get(i) - places.get(i - 1)).isGreaterThanOrEqualTo(16.9);
        }
    }

    @Test
    void svg_ofBars_areAsLongAsTheLogarithmSays() throws Exception {
        Document document = parsed(bars().svg());

        List<Element> bars = elements(document, "rect").stream()
                .filter(bar -> bar.getAttribute("class").startsWith("fill"))
                .toList();
        double decade = 430 / 4.0;
        assertThat(Double.parseDouble(bars.get(0).getAttribute("width")))
                .isCloseTo(decade * Math.log10(2.36), org.assertj.core.api.Assertions.within(0.1));
        assertThat(Double.parseDouble(bars.get(1).getAttribute("width")))
                .isCloseTo(decade * Math.log10(2655.15), org.assertj.core.api.Assertions.within(0.1));
        assertThat(elements(document, "text").stream().map(Element::getTextContent))
                .contains("Portcullis", "236 ns", NAME, "266 µs");
    }

    @Test
    void svg_twice_isTheSame() {
        assertThat(lines().svg()).isEqualTo(lines().svg());
        assertThat(bars().svg()).isEqualTo(bars().svg());
    }

    @Test
    void colours_onLightAndOnDarkGround_canBeRead() {
        String svg = bars().svg();
        int dark = svg.indexOf("prefers-color-scheme: dark");
        assertThat(dark).isPositive();
        readable(colours(svg.substring(0, dark)));
        readable(colours(svg.substring(dark)));
    }

    private static Map<String, String> colours(String style) {
        Matcher matcher = Pattern.compile("--([a-z0-9]+): #([0-9a-f]{6})").matcher(style);
        Map<String, String> colours = new HashMap<>();
        while (matcher.find()) {
            colours.putIfAbsent(matcher.group(1), matcher.group(2));
        }
        return colours;
    }

    /** Texts and lines in the colours of series stand out from the ground by 4 to 1, black and white by 7 to 1. */
    private static void readable(Map<String, String> colours) {
        assertThat(colours).hasSize(Svg.COLOURS + 3);
        double ground = luminance(colours.get("ground"));
        colours.forEach((name, colour) -> {
            if (!name.equals("ground") && !name.equals("faint")) {
                double other = luminance(colour);
                double contrast = (Math.max(ground, other) + 0.05) / (Math.min(ground, other) + 0.05);
                assertThat(contrast).as(name + " #" + colour).isGreaterThan(name.equals("ink") ? 7 : 4);
            }
        });
    }

    private static double luminance(String colour) {
        double luminance = 0;
        double[] weights = {0.2126, 0.7152, 0.0722};
        for (int i = 0; i < weights.length; i++) {
            double part = Integer.parseInt(colour.substring(2 * i, 2 * i + 2), 16) / 255.0;
            luminance += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return luminance;
    }
}
