// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.util.List;
import org.kalamdb.type.KalamDataType;

/**
 * The columns that USER and SHARED tables have besides their own: they can be read by name, and are part neither of the
 * definition nor of {@code SELECT *}. Immutable.
 *
 * <p>Where columns go by their position, these stand behind the table's own.
 */
public final class SystemColumns {
    /** Field id of {@link #SEQ} in segments, the one that Apache Iceberg reserves for {@code _last_updated_sequence_number}. */
    public static final long SEQ_ID = Integer.MAX_VALUE - 108;

    private static final long DELETED_ID = Integer.MAX_VALUE - 3;

    /** The number of the commit that last wrote the row: 0 for a row that is not committed, or older than the numbers. */
    public static final ColumnDefinition SEQ = ColumnDefinition.simple("_seq", 1, KalamDataType.BIGINT)
            .withPosition(SEQ_ID, 1)
            .withNullable(false)
            .withInitialDefault(new ColumnDefault.Literal(LongNode.valueOf(0)))
            .withComment("number of the commit that last wrote the row");

    /** Whether the row is one that was deleted and is kept for a while. */
    public static final ColumnDefinition DELETED = ColumnDefinition.simple("_deleted", 2, KalamDataType.BOOLEAN)
            .withPosition(DELETED_ID, 2)
            .withNullable(false)
            .withInitialDefault(new ColumnDefault.Literal(BooleanNode.FALSE))
            .withComment("whether the row was deleted");

    private SystemColumns() {}

    /** Those of a table of a type, in their order. */
    public static List<ColumnDefinition> of(TableType type) {
        return switch (type) {
            case USER, SHARED -> List.of(SEQ, DELETED);
            case STREAM, SYSTEM -> List.of();
        };
    }

    /** Whether a name is that of a system column of some type of table. */
    public static boolean isName(String name) {
        return name.equals(SEQ.name()) || name.equals(DELETED.name());
    }

    /** Where {@link #SEQ} stands in a table. */
    public static int seqIndex(TableDefinition table) {
        return table.columns().size();
    }

    /** A column of a table. @param index 0-based, first its own and then the system columns of its type */
    public static ColumnDefinition column(TableDefinition table, int index) {
        int own = table.columns().size();
        return index < own ? table.columns().get(index) : of(table.type()).get(index - own);
    }
}
