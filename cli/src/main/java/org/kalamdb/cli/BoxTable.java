// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a table in a box: what its columns are called, how wide they are and to which side they lean. Widths
 * are fixed by a sample of the rows; what is wider is cut. Immutable.
 */
final class BoxTable {
    static final int MIN_WIDTH = 6;
    static final int MAX_WIDTH = 32;

    private static final String ELLIPSIS = "...";
    private static final String NULL = "NULL";

    private final List<String> headers;
    private final List<Boolean> rightAligned;
    private final int[] widths;

    private BoxTable(List<String> headers, List<Boolean> rightAligned, int[] widths) {
        this.headers = headers;
        this.rightAligned = rightAligned;
        this.widths = widths;
    }

    /**
     * Fits a table to its headers and the rows of {@code sample}.
     *
     * @param rightAligned for each column whether it leans to the right, as numbers do
     */
    static BoxTable fit(List<String> headers, List<Boolean> rightAligned, List<List<@Nullable String>> sample) {
        int[] widths = new int[headers.size()];
        for (int column = 0; column < widths.length; column++) {
            int width = Math.max(MIN_WIDTH, length(headers.get(column)));
            for (List<@Nullable String> row : sample) {
                width = Math.max(width, length(printable(row.get(column))));
            }
            widths[column] = Math.min(width, MAX_WIDTH);
        }
        return new BoxTable(List.copyOf(headers), List.copyOf(rightAligned), widths);
    }

    /** The lines above the rows. */
    String top() {
        StringBuilder text = new StringBuilder(border('┌', '┬', '┐')).append('\n');
        appendCells(text, headers, false);
        return text.append('\n').append(border('├', '┼', '┤')).toString();
    }

    /** The line of one row; null is shown as NULL. */
    String row(List<@Nullable String> cells) {
        StringBuilder text = new StringBuilder();
        appendCells(text, cells.stream().map(BoxTable::printable).toList(), true);
        return text.toString();
    }

    /** The line below the rows. */
    String bottom() {
        return border('└', '┴', '┘');
    }

    private void appendCells(StringBuilder text, List<String> cells, boolean align) {
        text.append('│');
        for (int column = 0; column < widths.length; column++) {
            String cell = cut(cells.get(column), widths[column]);
            String padding = " ".repeat(widths[column] - length(cell));
            boolean right = align && rightAligned.get(column);
            text.append(' ')
                    .append(right ? padding : "")
                    .append(cell)
                    .append(right ? "" : padding)
                    .append(" │");
        }
    }

    private String border(char left, char middle, char right) {
        StringBuilder text = new StringBuilder().append(left);
        for (int column = 0; column < widths.length; column++) {
            text.append(column == 0 ? "" : String.valueOf(middle)).append("─".repeat(widths[column] + 2));
        }
        return text.append(right).toString();
    }

    private static String cut(String cell, int width) {
        if (length(cell) <= width) {
            return cell;
        }
        return cell.substring(0, cell.offsetByCodePoints(0, width - ELLIPSIS.length())) + ELLIPSIS;
    }

    /** Line breaks and other control characters would break the box. */
    private static String printable(@Nullable String value) {
        return value == null ? NULL : value.replaceAll("\\p{Cntrl}", " ");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
