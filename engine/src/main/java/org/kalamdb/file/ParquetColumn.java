// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import org.apache.parquet.column.ColumnDescriptor;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;

/**
 * A field of a Parquet file's rows. Immutable.
 *
 * @param name its name
 * @param leaf index among the column chunks of a row group; that of the first one of a nested field
 * @param nullable whether the field itself may be NULL
 * @param descriptor the chunk's type and levels, or null if the field cannot be read
 * @param type what its values are, or null for a list of numbers and for what cannot be read
 * @param decoding makes stored values of what the chunk holds; that of the elements for a list
 * @param unsupported why it cannot be read where nobody says the type
 */
record ParquetColumn(
        String name,
        int leaf,
        boolean nullable,
        @Nullable ColumnDescriptor descriptor,
        @Nullable KalamDataType type,
        @Nullable ParquetDecoding decoding,
        String unsupported) {
    /** Whether it is a list of numbers, which an EMBEDDING can hold. */
    boolean isList() {
        return descriptor != null && descriptor.getMaxRepetitionLevel() == 1;
    }
}
