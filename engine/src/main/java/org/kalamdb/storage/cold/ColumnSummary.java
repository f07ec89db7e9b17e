// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import org.jspecify.annotations.Nullable;

/**
 * What a segment says of the values of one of its columns. Immutable; the arrays must not be changed.
 *
 * @param columnId the column's id
 * @param nullCount rows in which it is NULL
 * @param min lower bound of the values in Parquet's plain encoding, or null if nothing is known
 * @param max upper bound of the values, or null if nothing is known
 * @param sketch bytes of a {@link org.kalamdb.schema.DistinctSketch} of the values, or null if nothing is known
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; copies would double the manifest on the heap.
public record ColumnSummary(
        long columnId, long nullCount, byte @Nullable [] min, byte @Nullable [] max, byte @Nullable [] sketch) {}
