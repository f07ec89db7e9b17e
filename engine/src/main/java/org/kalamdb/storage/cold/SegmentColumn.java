// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import static java.util.Objects.requireNonNull;

import org.apache.parquet.schema.Type;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.ParquetTypes;

/**
 * A column of a segment. Immutable.
 *
 * @param columnId the column's id, which is the field id in the file
 * @param name its name when the segment was written
 * @param type the type its values are stored in
 * @param nullable whether it may hold NULL
 * @param inKey whether it is part of the primary key, so that the file gets a bloom filter of its values
 */
public record SegmentColumn(long columnId, String name, KalamDataType type, boolean nullable, boolean inKey) {
    /** Field id of the column of hidden row ids in tables without primary key, the one that Apache Iceberg reserves. */
    public static final long ROW_ID = Integer.MAX_VALUE - 107;

    /** Field id of the column that says which commit wrote a row. */
    public static final long SEQ = SystemColumns.SEQ_ID;

    private static final String ROW_ID_NAME = "_row_id";

    public SegmentColumn {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }

    /** The column of hidden row ids. */
    public static SegmentColumn rowId() {
        return new SegmentColumn(ROW_ID, ROW_ID_NAME, KalamDataType.BIGINT, false, true);
    }

    /** The column of the numbers of commits. */
    public static SegmentColumn seq() {
        return new SegmentColumn(SEQ, SystemColumns.SEQ.name(), SystemColumns.SEQ.dataType(), false, false);
    }

    /** Whether it is none of the table's own. Those of the engine stand behind the others. */
    public boolean isOfEngine() {
        return columnId == ROW_ID || columnId == SEQ;
    }

    Type parquetType() {
        return isOfEngine()
                ? ParquetTypes.toParquet(1, name, type, nullable).withId((int) columnId)
                : ParquetTypes.toParquet(columnId, name, type, nullable);
    }
}
