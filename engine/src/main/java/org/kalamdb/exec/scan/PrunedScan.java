// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mappings;
import org.jspecify.annotations.Nullable;
import org.kalamdb.plan.FileTable;
import org.kalamdb.plan.StoredTable;

/**
 * A scan that reads the columns that are used, and what is over it in terms of these. Immutable.
 *
 * @param fields positions in the fields of the scan
 * @param rowType of those fields
 * @param condition over those fields, or null for none
 * @param projects over those fields
 */
public record PrunedScan(
        TableScan scan,
        int[] fields,
        RelDataType rowType,
        @Nullable RexNode condition,
        List<RexNode> projects) {

    /**
     * @param condition over the fields of the scan, or null for none
     * @param projects over the fields of the scan, or null for all of them
     */
    public static PrunedScan of(TableScan scan, @Nullable RexNode condition, @Nullable List<RexNode> projects) {
        return of(scan, condition, projects, ImmutableBitSet.of());
    }

    /** One that reads the first field if none is used, since generated code knows no rows without fields. */
    public static PrunedScan ofSomeColumn(
            TableScan scan, @Nullable RexNode condition, @Nullable List<RexNode> projects) {
        return of(scan, condition, projects, ImmutableBitSet.of(0));
    }

    private static PrunedScan of(
            TableScan scan,
            @Nullable RexNode condition,
            @Nullable List<RexNode> projects,
            ImmutableBitSet ifNoneIsUsed) {
        List<RexNode> outputs = projects != null ? projects : identity(scan.getRowType());
        ImmutableBitSet used = RelOptUtil.InputFinder.bits(outputs, condition);
        ImmutableBitSet columns = used.isEmpty() ? ifNoneIsUsed : used;
        Mappings.TargetMapping mapping =
                Mappings.target(columns::indexOf, scan.getRowType().getFieldCount(), columns.cardinality());
        return new PrunedScan(
                scan,
                columns.toArray(),
                selected(scan, columns),
                condition == null ? null : RexUtil.apply(mapping, condition),
                RexUtil.apply(mapping, outputs));
    }

    /** All fields as they are. */
    public static List<RexNode> identity(RelDataType rowType) {
        List<RexNode> refs = new ArrayList<>();
        for (int i = 0; i < rowType.getFieldCount(); i++) {
            refs.add(RexInputRef.of(i, rowType));
        }
        return refs;
    }

    /** The files that a scan reads, or null if it reads none. */
    public static @Nullable FileTable fileTable(TableScan scan) {
        return scan.getTable().unwrap(FileTable.class);
    }

    private static RelDataType selected(TableScan scan, ImmutableBitSet fields) {
        RelDataTypeFactory.Builder rowType = scan.getCluster().getTypeFactory().builder();
        for (int field : fields) {
            rowType.add(scan.getRowType().getFieldList().get(field));
        }
        return rowType.build();
    }

    /** Reads the fields from storage, the row's key last if it is one of them. */
    public TableScanSource source(StoredTable table, StoredScan.Way way) {
        int columnCount =
                table.definition().columns().size() + table.systemColumns().size();
        List<Integer> columns = new ArrayList<>();
        boolean withRowKey = false;
        for (int field : fields) {
            if (field < columnCount) {
                columns.add(field);
            } else {
                withRowKey = true;
            }
        }
        return TableScanSource.of(
                table, columns.stream().mapToInt(Integer::intValue).toArray(), withRowKey, way.path());
    }
}
