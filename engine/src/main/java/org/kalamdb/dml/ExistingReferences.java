// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.index.Indexes;
import org.kalamdb.schema.Constraint.ForeignKey;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanRequest;
import org.kalamdb.storage.TableStore;
import org.kalamdb.transaction.ReadView;

/** Whether the rows that are there satisfy a new foreign key. */
public final class ExistingReferences {
    private ExistingReferences() {}

    /**
     * Looks at all committed rows of the table, of all users.
     *
     * @throws KalamException FOREIGN_KEY_VIOLATION if one references what is not there
     */
    public static void verify(
            TableStore tables, Indexes indexes, TableDefinition table, ForeignKey key, TableDefinition referenced) {
        firstMissing(tables, indexes, null, table, key, referenced).ifPresent(missing -> {
            throw new KalamException(
                    ErrorCode.FOREIGN_KEY_VIOLATION,
                    "Cannot add foreign key \"" + key.name() + "\" to table " + table.id() + ": " + missing
                            + " is not present in table " + referenced.id());
        });
    }

    /**
     * The first values that a row of the table, of whatever user, references and that are not there, as text.
     *
     * @param view null for what is committed by now
     */
    public static Optional<String> firstMissing(
            TableStore tables,
            Indexes indexes,
            @Nullable ReadView view,
            TableDefinition table,
            ForeignKey key,
            TableDefinition referenced) {
        Relationship relationship = new Relationship(table, key, referenced);
        RowAccess access = new RowAccess(tables, indexes);
        Set<ByteBuffer> present = new HashSet<>();
        try (RowCursor rows =
                tables.scanOfAllUsers(view, ScanRequest.all(table, "").withRowKeys())) {
            for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    @Nullable
                    Object[] values = new @Nullable Object[batch.columns().size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = batch.column(i).storedValue(row);
                    }
                    ReferencedKey wanted = relationship.referencedBy(tables.userOf(table, rows.rowKey(row)), values);
                    if (wanted != null
                            && present.add(relationship.hashable(wanted))
                            && relationship.findParent(access, view, wanted) == null) {
                        return Optional.of(relationship.text(key.columns(), wanted));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
