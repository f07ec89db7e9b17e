// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.session;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.kalamdb.exec.RowSource;
import org.kalamdb.exec.scan.SystemTableRows;
import org.kalamdb.index.Indexes;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanDemand;
import org.kalamdb.storage.ScanFilter;
import org.kalamdb.storage.ScanParts;
import org.kalamdb.storage.ScanRequest;
import org.kalamdb.storage.TableStore;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.transaction.ReadView;

/** What the scans of one statement read: stored rows as its view and user see them, or the engine's own tables. */
final class SessionRows implements RowSource {
    private final TableStore tables;
    private final Indexes indexes;
    private final ReadView view;
    private final String user;
    private final SystemTableRows systemRows;
    private final BooleanSupplier cancelled;

    SessionRows(
            TableStore tables,
            Indexes indexes,
            ReadView view,
            String user,
            SystemTableRows systemRows,
            BooleanSupplier cancelled) {
        this.tables = tables;
        this.indexes = indexes;
        this.view = view;
        this.user = user;
        this.systemRows = systemRows;
        this.cancelled = cancelled;
    }

    @Override
    public RowCursor scan(
            TableDefinition table,
            int[] columns,
            boolean withRowKeys,
            KeyRange range,
            ScanFilter filter,
            boolean inKeyOrder,
            ScanDemand demand) {
        if (table.type() == TableType.SYSTEM) {
            return systemRows.scan(table, columns);
        }
        ScanRequest request =
                request(table, columns, withRowKeys, range).withFilter(filter).withDemand(demand);
        return tables.scan(view, inKeyOrder ? request.inKeyOrder() : request);
    }

    @Override
    public ScanParts scanParts(TableDefinition table, int[] columns, KeyRange range, ScanFilter filter) {
        return table.type() == TableType.SYSTEM
                ? ScanParts.of(systemRows.scan(table, columns))
                : tables.scanParts(view, request(table, columns, false, range).withFilter(filter));
    }

    @Override
    public RowCursor scanWithDeleted(
            TableDefinition table, int[] columns, KeyRange range, ScanFilter filter, boolean inKeyOrder) {
        ScanRequest request =
                request(table, columns, false, range).withFilter(filter).withDeleted();
        return tables.scan(view, inKeyOrder ? request.inKeyOrder() : request);
    }

    @Override
    public RowCursor scanIndex(
            TableDefinition table,
            int[] columns,
            boolean withRowKeys,
            IndexDefinition index,
            List<KeyRange> ranges,
            boolean descending,
            ScanDemand demand) {
        ScanRequest request = request(table, columns, withRowKeys, KeyRange.ALL).withDemand(demand);
        return indexes.scan(view, request, index, ranges, descending);
    }

    private ScanRequest request(TableDefinition table, int[] columns, boolean withRowKeys, KeyRange range) {
        ScanRequest request = ScanRequest.of(table, user, columns, range).withCancellation(cancelled);
        return withRowKeys ? request.withRowKeys() : request;
    }
}
