// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import org.jspecify.annotations.Nullable;

/** Answers the same value for every row. Immutable. */
final class ConstantColumnReader extends ColumnReader {
    private final @Nullable Object value;

    ConstantColumnReader(@Nullable Object value) {
        this.value = value;
    }

    @Override
    @Nullable
    Object value(RowBlock rows, int row) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        return value instanceof float[] floats ? floats.clone() : value;
    }
}
