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
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;

/** A table of the catalog as the planner sees it. Immutable. */
public final class StoredTable extends AbstractTable {
    /** Name of the column that holds a row's storage key if the rows come with one. */
    public static final String ROW_KEY = "$row_key";

    private final TableDefinition definition;
    private final double rowCount;
    private final RowOrigin origin;

    StoredTable(TableDefinition definition, double rowCount, RowOrigin origin) {
        this.definition = definition;
        this.rowCount = rowCount;
        this.origin = origin;
    }

    public TableDefinition definition() {
        return definition;
    }

    /** Where its rows are found. */
    public RowOrigin origin() {
        return origin;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
        KalamTypeFactory types = (KalamTypeFactory) typeFactory;
        RelDataTypeFactory.Builder row = types.builder();
        for (ColumnDefinition column : definition.columns()) {
            row.add(column.name(), types.relType(column.dataType(), column.nullable()));
        }
        if (origin == RowOrigin.STORED_WITH_KEY) {
            row.add(ROW_KEY, types.createSqlType(SqlTypeName.VARBINARY));
        }
        return row.build();
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
        ImmutableBitSet keyColumns = key.build();
        return Statistics.of(rowCount, keyColumns.isEmpty() ? List.of() : List.of(keyColumns));
    }
}
