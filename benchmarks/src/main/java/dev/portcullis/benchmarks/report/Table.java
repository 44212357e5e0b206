package dev.portcullis.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A Markdown table: the first column of texts, the others of numbers. */
final class Table {

    private final StringBuilder text = new StringBuilder();
    private final int columns;
    private int rows;

    Table(List<String> heads) {
        columns = heads.size();
        line(heads);
        List<String> rule = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            rule.add(i == 0 ? "---" : "--:");
        }
        text.append('|').append(String.join("|", rule)).append("|\n");
    }

    Table(String... heads) {
        this(Arrays.asList(heads));
    }

    Table row(String... cells) {
        return row(Arrays.asList(cells));
    }

    Table row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(cells + ": not " + columns + " cells");
        }
        line(cells);
        rows++;
        return this;
    }

    int rows() {
        return rows;
    }

    private void line(List<String> cells) {
        text.append('|');
        for (String cell : cells) {
            text.append(cell.isEmpty() ? " " : " " + cell.replace("|", "\\|") + " ")
                    .append('|');
        }
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
