// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Checks that several definitions share. */
final class Definitions {
    private Definitions() {}

    static KalamException invalid(String message) {
        return new KalamException(ErrorCode.INVALID_DEFINITION, message);
    }

    static KalamException invalidOption(String message) {
        return new KalamException(ErrorCode.INVALID_OPTION, message);
    }

    /** A copy of the column names of an index or constraint: at least one, each once. */
    static List<String> distinctColumns(String kind, String name, List<String> columns) {
        requireNonNull(columns, "columns is null");
        if (columns.isEmpty()) {
            throw invalid("Invalid " + kind + " " + Names.quote(name) + ": must have at least one column");
        }
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!seen.add(Names.requireColumn(column))) {
                throw invalid("Invalid " + kind + " " + Names.quote(name) + ": must name each column once, got twice: "
                        + Names.quote(column));
            }
        }
        return List.copyOf(columns);
    }

    static List<String> renamed(List<String> columns, String from, String to) {
        return columns.stream().map(column -> column.equals(from) ? to : column).toList();
    }

    /** A duration or size that must be {@code minimum} or more. */
    static void requireAtLeast(String option, long minimum, long value) {
        if (value < minimum) {
            throw invalidOption("Invalid " + option + ": must be at least " + minimum + ", got: " + value);
        }
    }
}
