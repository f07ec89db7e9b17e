// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.util.Locale;

/** Time since it was started. Immutable. */
final class Stopwatch {
    private final long startNanos = System.nanoTime();

    static Stopwatch started() {
        return new Stopwatch();
    }

    double elapsedMillis() {
        return (System.nanoTime() - startNanos) / 1e6;
    }

    double elapsedSeconds() {
        return elapsedMillis() / 1e3;
    }

    /** The elapsed time in milliseconds to three places, with its unit. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f ms", elapsedMillis());
    }
}
