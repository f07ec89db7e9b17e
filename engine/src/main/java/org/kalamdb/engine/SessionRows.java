// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.RowSource;
import org.kalamdb.exec.SystemTableRows;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.KeyRange;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanRequest;
import org.kalamdb.storage.TableStore;
import org.kalamdb.transaction.Transaction;

/** What the scans of one statement read: stored rows as its transaction and user see them, or the engine's own tables. */
final class SessionRows implements RowSource {
    private final TableStore tables;
    private final @Nullable Transaction transaction;
    private final String user;
    private final SystemTableRows systemRows;
    private final BooleanSupplier cancelled;

    SessionRows(
            TableStore tables,
            @Nullable Transaction transaction,
            String user,
            SystemTableRows systemRows,
            BooleanSupplier cancelled) {
        this.tables = tables;
        this.transaction = transaction;
        this.user = user;
        this.systemRows = systemRows;
        this.cancelled = cancelled;
    }

    @Override
    public RowCursor scan(TableDefinition table, int[] columns, boolean withRowKeys, KeyRange range) {
        if (table.type() == TableType.SYSTEM) {
            return systemRows.scan(table, columns);
        }
        ScanRequest request = ScanRequest.of(table, user, columns, range).withCancellation(cancelled);
        return tables.scan(transaction, withRowKeys ? request.withRowKeys() : request);
    }
}
