// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.RowQuery;

/** The answer of the query behind UPDATE, DELETE or MERGE, read to its end before anything is written. */
final class ChangedRows {
    private ChangedRows() {}

    /** A query must not see what its own statement writes, however often it reads a table again. */
    static List<@Nullable Object[]> read(RowQuery query, WriteContext context) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        try (Enumerator<@Nullable Object[]> answer = query.rows(context.query()).enumerator()) {
            while (answer.moveNext()) {
                rows.add(answer.current());
            }
        }
        return rows;
    }

    static byte[] rowKey(@Nullable Object internal) {
        return ((ByteString) java.util.Objects.requireNonNull(internal)).getBytes();
    }
}
