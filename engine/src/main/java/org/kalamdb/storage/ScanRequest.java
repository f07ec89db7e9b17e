// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.row.KeyRange;

/** Which rows and columns of a table to read, and how. Immutable. */
public final class ScanRequest {
    /** Rows of a batch unless the request says otherwise. */
    public static final int DEFAULT_BATCH_ROWS = 2048;

    private static final int FIRST_BATCH_ROWS = 128;
    private static final int BATCH_GROWTH = 4;

    private final TableDefinition table;
    private final String user;
    private final int[] columnIndexes;
    private final KeyRange range;
    private final boolean withRowKeys;
    private final boolean inKeyOrder;
    private final boolean withDeleted;
    private final ScanFilter filter;
    private final int batchRows;
    private final ScanDemand demand;
    private final @Nullable BooleanSupplier cancellation;

    private ScanRequest(
            TableDefinition table,
            String user,
            int[] columnIndexes,
            KeyRange range,
            boolean withRowKeys,
            boolean inKeyOrder,
            boolean withDeleted,
            ScanFilter filter,
            int batchRows,
            ScanDemand demand,
            @Nullable BooleanSupplier cancellation) {
        this.table = requireNonNull(table, "table is null");
        this.user = requireNonNull(user, "user is null");
        this.range = requireNonNull(range, "range is null");
        if (batchRows < 1) {
            throw new IllegalArgumentException("batchRows is not positive: " + batchRows);
        }
        this.columnIndexes = columnIndexes;
        this.withRowKeys = withRowKeys;
        this.inKeyOrder = inKeyOrder;
        this.withDeleted = withDeleted;
        this.filter = requireNonNull(filter, "filter is null");
        this.batchRows = batchRows;
        this.demand = requireNonNull(demand, "demand is null");
        this.cancellation = cancellation;
    }

    /**
     * A scan in batches of {@value #DEFAULT_BATCH_ROWS} rows without row keys.
     *
     * @param user whose rows to read; of no effect in SHARED tables
     * @param columnIndexes 0-based positions in {@link TableDefinition#columns()}, and behind them in the system columns
     *     of the table, in the order of the batch; may be empty
     */
    public static ScanRequest of(TableDefinition table, String user, int[] columnIndexes, KeyRange range) {
        return new ScanRequest(
                table,
                user,
                columnIndexes.clone(),
                range,
                false,
                false,
                false,
                ScanFilter.NONE,
                DEFAULT_BATCH_ROWS,
                ScanDemand.ALL_ROWS,
                null);
    }

    /** All columns of all rows. */
    public static ScanRequest all(TableDefinition table, String user) {
        int[] indexes = new int[table.columns().size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = i;
        }
        return of(table, user, indexes, KeyRange.ALL);
    }

    /** This scan over another range. */
    public ScanRequest withRange(KeyRange changed) {
        return new ScanRequest(
                table,
                user,
                columnIndexes,
                changed,
                withRowKeys,
                inKeyOrder,
                withDeleted,
                filter,
                batchRows,
                demand,
                cancellation);
    }

    /** This scan with the key of each row beside it, as UPDATE and DELETE need it. */
    public ScanRequest withRowKeys() {
        return new ScanRequest(
                table,
                user,
                columnIndexes,
                range,
                true,
                inKeyOrder,
                withDeleted,
                filter,
                batchRows,
                demand,
                cancellation);
    }

    /** This scan in the order of row keys, which costs a merge where rows of a table lie in several places. */
    public ScanRequest inKeyOrder() {
        return new ScanRequest(
                table,
                user,
                columnIndexes,
                range,
                withRowKeys,
                true,
                withDeleted,
                filter,
                batchRows,
                demand,
                cancellation);
    }

    /** This scan, of the rows that were deleted and are still kept too. It needs a view. */
    public ScanRequest withDeleted() {
        return new ScanRequest(
                table,
                user,
                columnIndexes,
                range,
                withRowKeys,
                inKeyOrder,
                true,
                filter,
                batchRows,
                demand,
                cancellation);
    }

    /** This scan, leaving out what surely has no row that meets the filter. */
    public ScanRequest withFilter(ScanFilter wanted) {
        return new ScanRequest(
                table,
                user,
                columnIndexes,
                range,
                withRowKeys,
                inKeyOrder,
                withDeleted,
                wanted,
                batchRows,
                demand,
                cancellation);
    }

    /** This scan with at most {@code rows} rows in a batch, at least 1. */
    public ScanRequest withBatchRows(int rows) {
        return new ScanRequest(
                table,
                user,
                columnIndexes,
                range,
                withRowKeys,
                inKeyOrder,
                withDeleted,
                filter,
                rows,
                demand,
                cancellation);
    }

    /** This scan for somebody who wants so much of it. */
    public ScanRequest withDemand(ScanDemand wanted) {
        return new ScanRequest(
                table,
                user,
                columnIndexes,
                range,
                withRowKeys,
                inKeyOrder,
                withDeleted,
                filter,
                batchRows,
                wanted,
                cancellation);
    }

    /** This scan, ending with QUERY_CANCELED once {@code isCanceled} answers true; it is asked now and then. */
    public ScanRequest withCancellation(BooleanSupplier isCanceled) {
        return new ScanRequest(
                table,
                user,
                columnIndexes,
                range,
                withRowKeys,
                inKeyOrder,
                withDeleted,
                filter,
                batchRows,
                demand,
                isCanceled);
    }

    public TableDefinition table() {
        return table;
    }

    public String user() {
        return user;
    }

    /** Whether it asks for no column, so that rows are but counted. */
    boolean isForCountOnly() {
        return columnIndexes.length == 0;
    }

    public KeyRange range() {
        return range;
    }

    public boolean hasRowKeys() {
        return withRowKeys;
    }

    public boolean isInKeyOrder() {
        return inKeyOrder;
    }

    public boolean hasDeleted() {
        return withDeleted;
    }

    public ScanFilter filter() {
        return filter;
    }

    public ScanDemand demand() {
        return demand;
    }

    /** The most rows of a batch. */
    public int batchRows() {
        return batchRows;
    }

    /**
     * The most rows of the first batch. Many queries want but the first rows, so that batches begin small and grow; if it is
     * known how many are enough, the first one holds them.
     */
    int firstBatchRows() {
        long rows = demand.rows() == Long.MAX_VALUE ? FIRST_BATCH_ROWS : Math.max(1, demand.rows());
        return (int) Math.min(rows, batchRows);
    }

    /** The most rows of the batch after one of so many. */
    int nextBatchRows(int rows) {
        return (int) Math.min((long) BATCH_GROWTH * rows, batchRows);
    }

    /** The positions of the columns; a copy. */
    public int[] columnIndexes() {
        return columnIndexes.clone();
    }

    /** Asked now and then. @throws KalamException QUERY_CANCELED if the scan is to end */
    public void requireNotCanceled() {
        if (cancellation != null && cancellation.getAsBoolean()) {
            throw new KalamException(ErrorCode.QUERY_CANCELED, "The statement was canceled");
        }
    }
}
