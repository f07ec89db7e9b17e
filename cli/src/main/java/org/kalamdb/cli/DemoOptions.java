// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the demo was asked to do. Immutable.
 *
 * @param scale TPC-H scale factor, 0.01 to 10
 * @param folder where the database is kept, or null for a temporary folder that is removed at the end
 * @param coldStart whether to measure fresh JVMs beside other databases
 */
record DemoOptions(double scale, @Nullable Path folder, boolean coldStart) {
    /** Below it the generator gives a part the same supplier twice. */
    static final double MIN_SCALE = 0.01;

    static final double MAX_SCALE = 10;

    static DemoOptions parse(List<String> args) {
        double scale = 0.1;
        Path folder = null;
        boolean coldStart = true;
        Arguments arguments = new Arguments(args);
        while (arguments.hasNext()) {
            String option = arguments.next();
            switch (option) {
                case "--scale" -> scale = parseScale(arguments.valueOf(option));
                case "--dir" -> folder = Path.of(arguments.valueOf(option));
                case "--no-cold-start" -> coldStart = false;
                default -> throw new UsageException("Unknown option of demo: " + option);
            }
        }
        return new DemoOptions(scale, folder, coldStart);
    }

    private static double parseScale(String text) {
        double scale;
        try {
            scale = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new UsageException("Invalid scale, a number is needed: " + text);
        }
        if (!(scale >= MIN_SCALE && scale <= MAX_SCALE)) {
            throw new UsageException(
                    "Invalid scale, it must be between " + MIN_SCALE + " and " + MAX_SCALE + ": " + text);
        }
        return scale;
    }
}
