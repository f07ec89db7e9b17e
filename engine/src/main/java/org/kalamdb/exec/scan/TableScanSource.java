// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.function.InternalValues;
import org.kalamdb.plan.StoredTable;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanDemand;
import org.kalamdb.storage.ScanFilter;
import org.kalamdb.storage.ScanParts;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.type.TypeKind;

/** A scan of some columns of a table, along an access path, as rows. Immutable. */
public final class TableScanSource implements LeafSource {
    private final TableDefinition table;
    private final boolean withDeleted;
    private final int[] columns;
    private final boolean withRowKey;
    private final AccessPath path;
    private final TypeKind[] kinds;

    /** @param columns indexes into the columns of {@code table} */
    public TableScanSource(TableDefinition table, int[] columns, boolean withRowKey, AccessPath path) {
        this(table, false, columns, withRowKey, path);
    }

    /** @param columns indexes into the columns of {@code stored}, its own and then system columns */
    static TableScanSource of(StoredTable stored, int[] columns, boolean withRowKey, AccessPath path) {
        return new TableScanSource(stored.definition(), stored.readsDeleted(), columns, withRowKey, path);
    }

    private TableScanSource(
            TableDefinition table, boolean withDeleted, int[] columns, boolean withRowKey, AccessPath path) {
        this.table = table;
        this.withDeleted = withDeleted;
        this.columns = columns.clone();
        this.withRowKey = withRowKey;
        this.path = path;
        this.kinds = new TypeKind[columns.length];
        for (int i = 0; i < columns.length; i++) {
            kinds[i] = SystemColumns.column(table, columns[i]).dataType().kind();
        }
    }

    /** Where columns of the table that it reads stand in the batches. */
    public int[] positions(int... wanted) {
        int[] positions = new int[wanted.length];
        for (int i = 0; i < positions.length; i++) {
            while (columns[positions[i]] != wanted[i]) {
                positions[i]++;
            }
        }
        return positions;
    }

    TableDefinition table() {
        return table;
    }

    AccessPath path() {
        return path;
    }

    /** The column of the table that stands at a place of the batches. */
    int column(int position) {
        return columns[position];
    }

    /**
     * A scan of the rows for which more conditions hold, others perhaps included; null if no key or index answers one of
     * these, or if this scan's own way leads to its rows already or gives them an order.
     */
    @Nullable
    TableScanSource narrowedBy(List<KeyCondition> more) {
        if (withDeleted
                || path.order() != AccessPath.Order.ANY
                || !path.key().prefix().isEmpty()) {
            return null;
        }
        List<KeyCondition> conditions = new ArrayList<>(path.conditions());
        conditions.addAll(more);
        AccessPath narrowed = AccessPath.choose(table, conditions, null);
        boolean isUsed = false;
        for (int added = path.conditions().size(); added < conditions.size(); added++) {
            isUsed |= !narrowed.key().residual().contains(added);
        }
        return isUsed ? new TableScanSource(table, columns, withRowKey, narrowed) : null;
    }

    /** Whether the key of each row comes behind its columns. */
    public boolean hasRowKey() {
        return withRowKey;
    }

    /** As {@link #open(QueryContext, ScanDemand)}, of all rows. */
    @Nullable
    public RowCursor open(QueryContext context) {
        return open(context, ScanDemand.ALL_ROWS);
    }

    /** Opens the scan without making rows of it; null if a NULL in the key's bounds means that no row qualifies. */
    @Nullable
    public RowCursor open(QueryContext context, ScanDemand demand) {
        List<KeyRange> ranges = path.key().bind(context);
        if (ranges.isEmpty()) {
            return null;
        }
        IndexDefinition index = path.index();
        if (index != null) {
            boolean descending = path.order() == AccessPath.Order.DESCENDING;
            return context.rows().scanIndex(table, columns, withRowKey, index, ranges, descending, demand);
        }
        ScanFilter filter = path.filter(context);
        if (ranges.size() == 1) {
            return scan(context, ranges.get(0), filter, demand);
        }
        ScanDemand ofEach = demand.besideOthers();
        return new ConsecutiveScans(new LinkedHashSet<>(ranges), range -> scan(context, range, filter, ofEach));
    }

    /**
     * Opens the scan for operators, in parts that several threads may read; of one part where its path leads to few rows or
     * gives them an order.
     */
    public ScanParts openParts(QueryContext context) {
        List<KeyRange> ranges = path.key().bind(context);
        if (ranges.isEmpty()) {
            return ScanParts.none();
        }
        boolean divisible = ranges.size() == 1
                && path.index() == null
                && path.order() == AccessPath.Order.ANY
                && !withDeleted
                && !withRowKey;
        return divisible
                ? context.rows().scanParts(table, columns, ranges.get(0), path.filter(context))
                : ScanParts.of(requireNonNull(open(context)));
    }

    private RowCursor scan(QueryContext context, KeyRange range, ScanFilter filter, ScanDemand demand) {
        boolean inKeyOrder = path.order() != AccessPath.Order.ANY;
        return withDeleted
                ? context.rows().scanWithDeleted(table, columns, range, filter, inKeyOrder)
                : context.rows().scan(table, columns, withRowKey, range, filter, inKeyOrder, demand);
    }

    @Override
    public Enumerable<@Nullable Object[]> rows(QueryContext context) {
        return new AbstractEnumerable<@Nullable Object[]>() {
            @Override
            public Enumerator<@Nullable Object[]> enumerator() {
                RowCursor batches = open(context);
                return batches == null ? Linq4j.emptyEnumerator() : new RowEnumerator(batches, context);
            }
        };
    }

    @Override
    public String toString() {
        String filter = path.filterText(table);
        return table.id()
                + (withDeleted ? " with deleted rows" : "")
                + path.text(table).map(text -> " by " + text).orElse("")
                + (path.index() != null || filter.isEmpty() ? "" : ", segments by " + filter);
    }

    /** Rows of internal values out of batches. */
    private final class RowEnumerator implements Enumerator<@Nullable Object[]> {
        private final RowCursor batches;
        private final QueryContext context;
        private @Nullable ColumnBatch batch;
        private int row = -1;

        RowEnumerator(RowCursor batches, QueryContext context) {
            this.batches = batches;
            this.context = context;
        }

        @Override
        public boolean moveNext() {
            row++;
            while (batch == null || row >= batch.rowCount()) {
                context.checkCancelled();
                batch = batches.next();
                if (batch == null) {
                    return false;
                }
                row = 0;
            }
            return true;
        }

        @Override
        public @Nullable Object[] current() {
            ColumnBatch current = requireNonNull(batch);
            @Nullable Object[] values = new @Nullable Object[kinds.length + (withRowKey ? 1 : 0)];
            for (int i = 0; i < kinds.length; i++) {
                values[i] =
                        InternalValues.fromStored(kinds[i], current.column(i).storedValue(row));
            }
            if (withRowKey) {
                values[kinds.length] = new ByteString(batches.rowKey(row));
            }
            return values;
        }

        /** Optional by its contract, and asked for by nobody. */
        @Override
        public void reset() {
            throw new UnsupportedOperationException("A scan runs once");
        }

        @Override
        public void close() {
            batches.close();
        }
    }
}
