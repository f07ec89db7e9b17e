// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** Compares lanes of one type. Immutable. */
interface Comparer {
    /**
     * Writes the rows for which the comparison holds.
     *
     * @param rows none of them NULL in either lane
     * @param selected may be {@code rows}
     * @return how many they are
     */
    int select(Comparison comparison, Lane left, Lane right, int[] rows, int count, int[] selected);

    /** What compares values of {@code type}. */
    static Comparer of(LaneType type) {
        return switch (type) {
            case BOOLEAN, SMALLINT, INT, BIGINT -> Comparers::ofLongs;
            case FLOAT, DOUBLE -> Comparers::ofDoubles;
            case DECIMAL -> Comparers::ofDecimals;
            case TEXT, BYTES, EMBEDDING, OBJECT -> Comparers::ofAny;
        };
    }
}
