// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import org.jspecify.annotations.Nullable;

/** What a statement answers. */
public sealed interface StatementResult {
    /** Rows: a query, DESCRIBE, SHOW, EXPLAIN, or DML with RETURNING. */
    record Rows(ResultCursor cursor) implements StatementResult {}

    /**
     * A count of rows changed; 0 for statements that change none.
     *
     * @param count rows inserted, updated or deleted
     * @param generatedKeys the rows asked for by {@link GeneratedKeys}, or null if none were asked for
     */
    record Update(long count, @Nullable ResultCursor generatedKeys) implements StatementResult {}
}
