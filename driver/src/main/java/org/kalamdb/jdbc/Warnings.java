// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;
import org.kalamdb.jdbc.error.SqlExceptions;

/** A chain of warnings, in the order in which there was something to warn of. Confined to one thread. */
final class Warnings {
    private @Nullable SQLWarning first;

    /** The first one, from which the others are reached; null if there is none. */
    @Nullable
    SQLWarning first() {
        return first;
    }

    /** Warns that something was asked for and something else, or nothing, was done. */
    void optionChanged(String message) {
        SQLWarning warning = SqlExceptions.optionChanged(message);
        if (first == null) {
            first = warning;
        } else {
            first.setNextWarning(warning);
        }
    }

    void clear() {
        first = null;
    }
}
