// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.List;

/** Which columns of the rows that an INSERT, UPDATE or MERGE wrote are wanted back beside the count. Immutable. */
public sealed interface GeneratedKeys {
    GeneratedKeys NONE = None.NONE;
    GeneratedKeys DEFAULT = KeyColumns.KEY_COLUMNS;

    /** No columns. An enum, since plans are found by it, and comparing records takes a new JVM long. */
    enum None implements GeneratedKeys {
        NONE
    }

    /** The primary key and identity columns. */
    enum KeyColumns implements GeneratedKeys {
        KEY_COLUMNS
    }

    /** @param names column names, matched exactly, else without regard to case */
    record Named(List<String> names) implements GeneratedKeys {
        public Named {
            names = List.copyOf(names);
        }
    }

    /** @param ordinals 1-based positions in {@code SELECT *} */
    record Positions(List<Integer> ordinals) implements GeneratedKeys {
        public Positions {
            ordinals = List.copyOf(ordinals);
        }
    }
}
