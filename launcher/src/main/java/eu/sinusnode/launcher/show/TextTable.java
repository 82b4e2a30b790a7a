package eu.sinusnode.launcher.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in columns; the last column is as wide as it likes, up to a limit. */
final class TextTable {

    private static final int LAST_COLUMN = 110;

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headings) {
        rows.add(List.of(headings));
    }

    void row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("The table has " + rows.get(0).size() + " columns.");
        }
        rows.add(Arrays.stream(cells)
                .map(cell -> cell.replaceAll("\\s+", " ").strip())
                .toList());
    }

    List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder(" ");
        int last = row.size() - 1;
        for (int i = 0; i < last; i++) {
            line.append(' ')
                    .append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length() + 1));
        }
        return line.append(' ').append(shortened(row.get(last))).toString().stripTrailing();
    }

    private static String shortened(String text) {
        return text.length() <= LAST_COLUMN ? text : text.substring(0, LAST_COLUMN - 4) + " ...";
    }
}
