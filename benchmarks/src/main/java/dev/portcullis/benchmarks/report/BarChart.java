package dev.portcullis.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** Times as bars on a logarithmic axis, the time itself beside each. */
final class BarChart {

    private static final int WIDTH = 860;
    private static final int LEFT = 290;
    private static final int RIGHT = 720;
    private static final int TOP = 60;
    private static final int STEP = 28;
    private static final int BAR = 18;

    private record Bar(String name, double nanos, int colour) {}

    private final String title;
    private final List<Bar> bars = new ArrayList<>();

    BarChart(String title) {
        this.title = title;
    }

    /** Adds a bar of a positive time. */
    BarChart add(String name, double nanos, int colour) {
        bars.add(new Bar(name, nanos, colour));
        return this;
    }

    boolean isEmpty() {
        return bars.isEmpty();
    }

    /** The picture; there is at least one bar. */
    String svg() {
        LogScale scale = LogScale.over(bars.stream().mapToDouble(Bar::nanos), LEFT, RIGHT);
        int bottom = TOP + STEP * bars.size();
        StringBuilder description = new StringBuilder();
        for (Bar bar : bars) {
            description
                    .append(description.isEmpty() ? "" : "; ")
                    .append(bar.name())
                    .append(": ")
                    .append(LogScale.time(bar.nanos()));
        }
        Svg svg = new Svg(WIDTH, bottom + 40, title, description.append('.').toString());
        svg.text("heading", "start", 16, 26, title);
        for (double mark : scale.marks()) {
            svg.line("grid", scale.at(mark), TOP - 6, scale.at(mark), bottom);
            svg.text("mark", "middle", scale.at(mark), bottom + 20, LogScale.time(mark));
        }
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double top = TOP + STEP * i;
            svg.text("name", "end", LEFT - 10, top + 14, bar.name());
            svg.rectangle("fill" + bar.colour(), LEFT, top, Math.max(1, scale.at(bar.nanos()) - LEFT), BAR);
            svg.text("value", "start", scale.at(bar.nanos()) + 8, top + 14, LogScale.time(bar.nanos()));
        }
        return svg.finished();
    }
}
