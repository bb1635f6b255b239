package dev.zeroftpd.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lines of words in columns, as wide as the widest word of each. One thread. */
public final class Table {

    private static final String GAP = "  ";

    private static final int WIDEST = 100;

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... titles) {
        rows.add(List.of(titles));
    }

    public void add(String... cells) {
        rows.add(Stream.of(cells).map(Table::shortened).toList());
    }

    /** One client with a long path must not make all lines as long. Of a path its end tells more, so the middle is left out. */
    private static String shortened(String cell) {
        int length = length(cell);
        if (length <= WIDEST) {
            return cell;
        }
        int begin = cell.offsetByCodePoints(0, WIDEST / 2);
        int end = cell.offsetByCodePoints(cell.length(), -(WIDEST - WIDEST / 2 - 1));
        return cell.substring(0, begin) + '\u2026' + cell.substring(end);
    }

    public List<String> lines() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).repeat(" ", widths[i] - length(row.get(i))).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
