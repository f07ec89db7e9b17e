// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import org.apache.calcite.linq4j.Enumerable;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultCursor;

/** A query ready to run, any number of times. Safe for use by several threads. */
public interface CompiledQuery {
    /** Starts a run whose rows are read batch by batch. */
    ResultCursor open(QueryContext context);

    /** As EXPLAIN shows it. */
    PlanDescription describe();

    /** Starts a run whose rows are read one by one, as internal values; for statements that change rows. */
    Enumerable<@Nullable Object[]> rows(QueryContext context);
}
