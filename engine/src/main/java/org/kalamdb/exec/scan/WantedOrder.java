// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.scan.AccessPath.Order;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.type.TypeKind;

/**
 * The order that a sort over a scan wants its rows in. Immutable.
 *
 * @param columns positions in the table's columns
 * @param descending whether all of them descend; keys know no mixture
 * @param nullsAreGreatest whether NULL comes where a key has it, behind all values when ascending
 * @param isLimited whether only the first rows are wanted
 */
public record WantedOrder(List<Integer> columns, boolean descending, boolean nullsAreGreatest, boolean isLimited) {
    public WantedOrder {
        columns = List.copyOf(columns);
    }

    /**
     * The order that a sort wants, or null if no key can have it.
     *
     * @param projects what stands between the sort and the scan, or null for nothing
     */
    public static @Nullable WantedOrder of(Sort sort, @Nullable List<RexNode> projects) {
        List<RelFieldCollation> fields = sort.getCollation().getFieldCollations();
        if (fields.isEmpty()) {
            return null;
        }
        boolean descending = fields.get(0).direction.isDescending();
        boolean nullsAreGreatest = true;
        List<Integer> columns = new ArrayList<>();
        for (RelFieldCollation field : fields) {
            if (field.direction.isDescending() != descending) {
                return null;
            }
            RexNode value = projects == null ? null : projects.get(field.getFieldIndex());
            if (value != null && !(value instanceof RexInputRef)) {
                return null;
            }
            columns.add(value == null ? field.getFieldIndex() : ((RexInputRef) value).getIndex());
            RelFieldCollation.NullDirection greatest =
                    descending ? RelFieldCollation.NullDirection.FIRST : RelFieldCollation.NullDirection.LAST;
            nullsAreGreatest &= field.nullDirection == greatest;
        }
        return new WantedOrder(columns, descending, nullsAreGreatest, sort.fetch != null);
    }

    /** The order of a key's rows if it is this one, else {@link Order#ANY}. @param key what is known of the key's columns */
    Order metBy(TableDefinition table, List<ColumnDefinition> keyColumns, KeyPredicate key) {
        if (!key.hasOneRange()) {
            return Order.ANY;
        }
        int at = 0;
        for (int column : columns) {
            ColumnDefinition wanted =
                    column < table.columns().size() ? table.columns().get(column) : null;
            if (wanted == null || !isOrdered(wanted)) {
                return Order.ANY;
            }
            int place = keyColumns.indexOf(wanted);
            if (place >= 0 && place < key.prefix().size()) {
                // It has one value only.
                continue;
            }
            at = Math.max(at, key.prefix().size());
            if (place != at) {
                return Order.ANY;
            }
            at++;
        }
        return descending ? Order.DESCENDING : Order.ASCENDING;
    }

    /** Whether a key orders the column as ORDER BY does. */
    private boolean isOrdered(ColumnDefinition column) {
        TypeKind kind = column.dataType().kind();
        return (nullsAreGreatest || !column.nullable()) && kind != TypeKind.JSON;
    }
}
