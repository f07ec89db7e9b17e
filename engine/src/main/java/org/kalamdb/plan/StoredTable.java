// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableStatistics;

/** A table of the catalog as the planner sees it. Immutable. */
public final class StoredTable extends AbstractTable {
    /** Name of the column that holds a row's storage key if the rows come with one. */
    public static final String ROW_KEY = "$row_key";

    private final TableDefinition definition;
    private final TableStatistics statistics;
    private final RowOrigin origin;
    private final SystemColumnUse use;

    StoredTable(TableDefinition definition, TableStatistics statistics, RowOrigin origin, SystemColumnUse use) {
        this.definition = definition;
        this.statistics = statistics;
        this.origin = origin;
        this.use = use;
    }

    public TableDefinition definition() {
        return definition;
    }

    /** Where its rows are found. */
    public RowOrigin origin() {
        return origin;
    }

    /** Its system columns as far as the query names any; they follow its own. */
    public List<ColumnDefinition> systemColumns() {
        boolean stored = origin == RowOrigin.STORED || origin == RowOrigin.STORED_WITH_KEY;
        return stored && use != SystemColumnUse.NONE ? SystemColumns.of(definition.type()) : List.of();
    }

    /** Whether rows that were deleted are read besides. Statements that change rows change those that are there. */
    public boolean readsDeleted() {
        return use == SystemColumnUse.DELETED_NAMED
                && origin == RowOrigin.STORED
                && !systemColumns().isEmpty();
    }

    /** A row that was deleted before a column became NOT NULL may have NULL in it. */
    private boolean mayBeNull(ColumnDefinition column) {
        return column.nullable()
                || readsDeleted()
                        && definition.history().stream()
                                .flatMap(version -> version.columns().stream())
                                .anyMatch(earlier -> earlier.columnId() == column.columnId() && earlier.nullable());
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
        KalamTypeFactory types = (KalamTypeFactory) typeFactory;
        RelDataTypeFactory.Builder row = types.builder();
        for (ColumnDefinition column : definition.columns()) {
            row.add(column.name(), types.relType(column.dataType(), mayBeNull(column)));
        }
        for (ColumnDefinition column : systemColumns()) {
            row.add(column.name(), types.relType(column.dataType(), false));
        }
        if (origin == RowOrigin.STORED_WITH_KEY) {
            row.add(ROW_KEY, types.createSqlType(SqlTypeName.VARBINARY));
        }
        return row.build();
    }

    /** What was known of the rows when the planning began. */
    public TableStatistics statistics() {
        return statistics;
    }

    /** What is known of the rows, for who estimates. */
    @Override
    public <C> @Nullable C unwrap(Class<C> wanted) {
        return wanted == TableStatistics.class ? wanted.cast(statistics) : super.unwrap(wanted);
    }

    @Override
    public Statistic getStatistic() {
        ImmutableBitSet.Builder key = ImmutableBitSet.builder();
        List<ColumnDefinition> columns = definition.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).primaryKey()) {
                key.set(i);
            }
        }
        // A key that has a row again hides what was deleted under it, so that it is unique among both.
        ImmutableBitSet keyColumns = key.build();
        return Statistics.of(statistics.rowCount(), keyColumns.isEmpty() ? List.of() : List.of(keyColumns));
    }
}
