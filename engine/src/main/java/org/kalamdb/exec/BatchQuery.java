// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import org.kalamdb.engine.ResultCursor;

/** A query ready to run, any number of times, whose rows are read batch by batch. Safe for use by several threads. */
public interface BatchQuery extends DescribedQuery {
    /** Starts a run. */
    ResultCursor open(QueryContext context);
}
