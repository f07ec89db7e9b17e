// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows how far a load has come: a line that is redrawn at a terminal, one line at the end elsewhere. Confined to one
 * thread.
 */
final class ProgressBar {
    private static final int WIDTH = 30;
    private static final double REDRAW_SECONDS = 0.1;

    private final PrintStream out;
    private final boolean terminal;
    private final String label;
    private final long expectedRows;
    private final Stopwatch stopwatch = Stopwatch.started();
    private double lastDrawnSeconds;

    /** @param expectedRows about how many rows there will be, at least 1 */
    ProgressBar(PrintStream out, boolean terminal, String label, long expectedRows) {
        this.out = out;
        this.terminal = terminal;
        this.label = label;
        this.expectedRows = expectedRows;
    }

    /** Says that {@code rows} are done by now. */
    void update(long rows) {
        double seconds = stopwatch.elapsedSeconds();
        if (terminal && seconds - lastDrawnSeconds >= REDRAW_SECONDS) {
            lastDrawnSeconds = seconds;
            int filled = (int) Math.min(WIDTH, rows * WIDTH / expectedRows);
            out.print("\r" + line(rows, seconds, "#".repeat(filled) + "-".repeat(WIDTH - filled)));
            out.flush();
        }
    }

    /** Says that all is done, with {@code rows} in the end. */
    void finish(long rows) {
        if (terminal) {
            out.print("\r");
        }
        out.println(line(rows, stopwatch.elapsedSeconds(), terminal ? "#".repeat(WIDTH) : ""));
    }

    private String line(long rows, double seconds, String bar) {
        String box = bar.isEmpty() ? "" : "[" + bar + "] ";
        double rate = rows / Math.max(seconds, 1e-6);
        return String.format(Locale.ROOT, "  %-9s %s%,9d rows %,10.0f rows/s %7.2f s", label, box, rows, rate, seconds);
    }
}
