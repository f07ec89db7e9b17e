// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.RowQuery;
import org.kalamdb.schema.TableDefinition;

/**
 * MERGE. Immutable.
 *
 * @param query answers, for each pair of a source row and its match: the index of the clause that decides or null for
 *     none, the storage key of the match or null, and the columns of the row to write or remove
 * @param clauses what each clause does
 */
record Merging(TableDefinition table, RowQuery query, List<Clause> clauses) implements RowChange {
    /** What a clause does. */
    enum Kind {
        INSERT,
        UPDATE,
        DELETE,
        NOTHING
    }

    /** @param generated for INSERT: the identity columns that the engine numbers, by index in the table */
    record Clause(Kind kind, List<Integer> generated) {
        Clause {
            generated = List.copyOf(generated);
        }
    }

    @Override
    public void run(WriteContext context, RowWriter rows, WrittenRows written) {
        Set<Object> touched = new HashSet<>();
        for (@Nullable Object[] change : ChangedRows.read(query, context)) {
            if (change[0] instanceof Number index) {
                apply(clauses.get(index.intValue()), change, touched, context, rows, written);
            }
        }
    }

    private void apply(
            Clause clause,
            @Nullable Object[] change,
            Set<Object> touched,
            WriteContext context,
            RowWriter rows,
            WrittenRows written) {
        if (clause.kind() == Kind.NOTHING) {
            return;
        }
        @Nullable Object[] row = ConflictResolution.storedRow(table, change, 2);
        if (clause.kind() == Kind.INSERT) {
            for (int column : clause.generated()) {
                row[column] = new IdentityColumn(table, table.columns().get(column)).next(context.sequences());
            }
            RowChecks.check(table, row);
            rows.insert(row);
        } else {
            if (!touched.add(java.util.Objects.requireNonNull(change[1]))) {
                throw new KalamException(
                        ErrorCode.CARDINALITY_VIOLATION,
                        "Cannot change a row of table " + table.id()
                                + " a second time: several rows of the source match it");
            }
            byte[] key = ChangedRows.rowKey(change[1]);
            if (clause.kind() == Kind.UPDATE) {
                RowChecks.check(table, row);
                rows.update(key, row);
            } else {
                rows.delete(key);
            }
        }
        written.add(row);
    }
}
