// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.operator.KeyLookup;
import org.kalamdb.exec.scan.KeyCondition.Relation;
import org.kalamdb.function.InternalValues;
import org.kalamdb.schema.ColumnStatistics;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableStatistics;
import org.kalamdb.storage.ScanParts;
import org.kalamdb.type.KalamDataType;

/**
 * The rows of a table by the values that a join wants: the values become conditions beside those of the query, and
 * {@link AccessPath} chooses as it does for these. Immutable.
 */
public final class StoredKeyLookup {
    private final TableScanSource source;
    private final TableStatistics statistics;

    /** @param statistics of the table when the query was planned */
    public StoredKeyLookup(TableScanSource source, TableStatistics statistics) {
        this.source = source;
        this.statistics = statistics;
    }

    /** In one run of the query. */
    public KeyLookup in(QueryContext context) {
        return (values, segmentRowCount) -> open(values, segmentRowCount, context);
    }

    private @Nullable ScanParts open(Map<Integer, List<Object>> values, long segmentRowCount, QueryContext context) {
        List<KeyCondition> wanted = new ArrayList<>();
        for (Map.Entry<Integer, List<Object>> each : new TreeMap<>(values).entrySet()) {
            int column = source.column(each.getKey());
            KalamDataType type = SystemColumns.column(source.table(), column).dataType();
            if (isFoundByValue(type)) {
                List<Operand> operands = new ArrayList<>(each.getValue().size());
                for (Object value : each.getValue()) {
                    operands.add(new Operand.Constant(type, requireNonNull(InternalValues.toStored(type, value))));
                }
                wanted.add(new KeyCondition(column, Relation.EQUAL, operands));
            }
        }
        TableScanSource narrowed = wanted.isEmpty() ? null : source.narrowedBy(wanted);
        return narrowed == null || isTooMuch(narrowed.path(), segmentRowCount) ? null : narrowed.openParts(context);
    }

    /** Whether values that joins hold to be equal are the same stored value. */
    private static boolean isFoundByValue(KalamDataType type) {
        return switch (type.kind()) {
            case BOOLEAN, SMALLINT, INT, BIGINT, TEXT, UUID, BYTES, DATE, TIME, TIMESTAMP, DATETIME -> true;
            case FLOAT, DOUBLE, DECIMAL, JSON, EMBEDDING -> false;
        };
    }

    private boolean isTooMuch(AccessPath path, long segmentRowCount) {
        double lookups = 1;
        double rowsOfEach = statistics.rowCount();
        for (int i = 0; i < path.key().prefix().size(); i++) {
            lookups *= path.key().prefix().get(i).size();
            ColumnStatistics column = statistics.column(path.keyColumn(source.table(), i));
            rowsOfEach /= Double.isNaN(column.distinctCount())
                    ? Double.POSITIVE_INFINITY
                    : Math.max(1, column.distinctCount());
        }
        double lookup = AccessCost.HOT_LOOKUP
                + (segmentRowCount > 0 ? AccessCost.SEGMENT_LOOKUP : 0)
                + (path.index() == null ? 0 : rowsOfEach * AccessCost.ROW_OF_INDEX);
        double hotRowCount = Math.max(0, statistics.rowCount() - segmentRowCount);
        return lookups * lookup
                > segmentRowCount * AccessCost.SCAN_OF_SEGMENT_ROW + hotRowCount * AccessCost.SCAN_OF_HOT_ROW;
    }
}
