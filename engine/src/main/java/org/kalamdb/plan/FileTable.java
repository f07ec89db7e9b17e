// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.kalamdb.file.FileColumn;
import org.kalamdb.file.FileSet;

/** Files as the planner sees them: a table whose columns may all be NULL. Immutable. */
public final class FileTable extends AbstractTable implements TranslatableTable {
    /** A guess that has to be right only against other tables. */
    private static final double BYTES_PER_VALUE = 8;

    private final FileSet files;

    FileTable(FileSet files) {
        this.files = files;
    }

    public FileSet files() {
        return files;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
        KalamTypeFactory types = (KalamTypeFactory) typeFactory;
        RelDataTypeFactory.Builder row = types.builder();
        for (FileColumn column : files.columns()) {
            row.add(column.name(), types.relType(column.type(), true));
        }
        return row.build();
    }

    @Override
    public Statistic getStatistic() {
        return Statistics.of(
                1 + files.sizeInBytes() / BYTES_PER_VALUE / files.columns().size(), null);
    }

    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
        return LogicalTableScan.create(context.getCluster(), table, context.getTableHints());
    }
}
