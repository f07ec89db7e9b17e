// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import org.apache.calcite.linq4j.Enumerable;
import org.jspecify.annotations.Nullable;

/**
 * A query ready to run, any number of times, whose rows are read one by one; for statements that change rows. Safe for use by
 * several threads.
 */
public interface RowQuery extends DescribedQuery {
    /** Starts a run. @return rows as internal values */
    Enumerable<@Nullable Object[]> rows(QueryContext context);
}
