package dev.portcullis.benchmarks.report;

import java.util.Locale;

/**
 * An SVG picture that can be read on light and on dark ground: it takes its colours from the reader's colour scheme. The same
 * calls give the same bytes.
 */
final class Svg {

    /** How many colours for series there are; further series begin anew. */
    static final int COLOURS = 8;

    // Okabe and Ito's colours, which most people who see few colours can tell apart; lighter ones of the same hues on
    // dark ground.
    private static final String[] LIGHT = {
        "#0072b2", "#c04e00", "#00795a", "#a4487f", "#8a6d00", "#2b78aa", "#5c5c5c", "#7a3e00"
    };
    private static final String[] DARK = {
        "#56b4e9", "#ff9e4a", "#2fd0a0", "#e79ac8", "#e8d24a", "#9ad0f5", "#bdbdbd", "#d9a066"
    };

    private final StringBuilder text = new StringBuilder();

    /**
     * An empty picture.
     *
     * @param title what it shows, for those who don't see it and as its heading
     * @param description what is to be seen, in a sentence
     */
    Svg(int width, int height, String title, String description) {
        text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" role=\"img\" aria-labelledby=\"t d\">\n<title id=\"t\">")
                .append(escaped(title))
                .append("</title>\n<desc id=\"d\">")
                .append(escaped(description))
                .append("</desc>\n");
        style();
        rectangle("ground", 0, 0, width, height);
    }

    private void style() {
        text.append("<style>\n");
        text.append("text { font: 13px system-ui, sans-serif; fill: var(--ink); }\n");
        text.append(".heading { font-weight: 600; font-size: 15px; }\n");
        text.append(".ground { fill: var(--ground); }\n");
        text.append(".axis { stroke: var(--faint); fill: none; }\n");
        text.append(".grid { stroke: var(--faint); stroke-opacity: 0.35; fill: none; }\n");
        text.append(".line { fill: none; stroke-width: 2; }\n");
        scheme(":root", "#ffffff", "#1f2328", "#8c959f", LIGHT);
        text.append("@media (prefers-color-scheme: dark) {\n");
        scheme(":root", "#0d1117", "#e6edf3", "#6e7681", DARK);
        text.append("}\n");
        for (int i = 0; i < COLOURS; i++) {
            text.append(String.format(
                    Locale.ROOT, ".stroke%d { stroke: var(--c%d); } .fill%d { fill: var(--c%d); }\n", i, i, i, i));
        }
        text.append("</style>\n");
    }

    private void scheme(String selector, String ground, String ink, String faint, String... colours) {
        text.append(selector)
                .append(" { --ground: ")
                .append(ground)
                .append("; --ink: ")
                .append(ink)
                .append("; --faint: ")
                .append(faint)
                .append(';');
        for (int i = 0; i < COLOURS; i++) {
            text.append(" --c").append(i).append(": ").append(colours[i]).append(';');
        }
        text.append(" }\n");
    }

    Svg rectangle(String classes, double x, double y, double width, double height) {
        return shape(
                "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>",
                classes, number(x), number(y), number(width), number(height));
    }

    Svg line(String classes, double x1, double y1, double x2, double y2) {
        return shape(
                "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
                classes, number(x1), number(y1), number(x2), number(y2));
    }

    Svg circle(String classes, double x, double y, double radius) {
        return shape(
                "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>", classes, number(x), number(y), number(radius));
    }

    /** A line through points, {@code x, y, x, y…}. */
    Svg polyline(String classes, double... points) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < points.length; i += 2) {
            list.append(i == 0 ? "" : " ").append(number(points[i])).append(',').append(number(points[i + 1]));
        }
        return shape("<polyline class=\"%s\" points=\"%s\"/>", classes, list);
    }

    /** @param anchor {@code start}, {@code middle} or {@code end}: what of the text stands at the place */
    Svg text(String classes, String anchor, double x, double y, String content) {
        return shape(
                "<text class=\"%s\" text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>",
                classes, anchor, number(x), number(y), escaped(content));
    }

    private Svg shape(String format, Object... parts) {
        text.append(String.format(Locale.ROOT, format, parts)).append('\n');
        return this;
    }

    /** With one digit after the point, which all machines round alike. */
    private static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : String.format(Locale.ROOT, "%.1f", tenths / 10.0);
    }

    private static String escaped(String content) {
        return content.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The picture; nothing is to be added afterwards. */
    String finished() {
        return text + "</svg>\n";
    }
}
