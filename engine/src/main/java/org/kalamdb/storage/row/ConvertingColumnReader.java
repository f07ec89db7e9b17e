// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import org.jspecify.annotations.Nullable;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;
import org.kalamdb.type.TypeKind;

/** Reads values of the type a column had and answers them in the type it has. Safe for use by several threads. */
public final class ConvertingColumnReader extends ColumnReader {
    private final ColumnReader source;
    private final KalamDataType from;
    private final KalamDataType to;

    ConvertingColumnReader(ColumnReader source, KalamDataType from, KalamDataType to) {
        this.source = source;
        this.from = from;
        this.to = to;
    }

    /** Whether values of both types are stored in the same bytes. */
    public static boolean isSameForm(KalamDataType from, KalamDataType to) {
        if (from instanceof DecimalType a && to instanceof DecimalType b) {
            return a.scale() == b.scale() && a.fitsLong() == b.fitsLong();
        }
        return from.equals(to) || (from.kind() == TypeKind.JSON && to.kind() == TypeKind.TEXT);
    }

    @Override
    @Nullable
    Object value(RowBlock rows, int row) {
        Object value = source.value(rows, row);
        return value == null ? null : StoredValues.cast(from, value, to);
    }
}
