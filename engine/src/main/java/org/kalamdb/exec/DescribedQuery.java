// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

/** A query that EXPLAIN can show. Safe for use by several threads. */
public interface DescribedQuery {
    /** As EXPLAIN shows it. */
    PlanDescription describe();
}
