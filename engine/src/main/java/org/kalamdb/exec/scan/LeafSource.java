// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import org.apache.calcite.linq4j.Enumerable;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;

/** The rows of a plan's leaf. Public for generated code. Safe for use by several threads. */
public interface LeafSource {
    /** Rows of internal values, read lazily, each an array of its own. */
    Enumerable<@Nullable Object[]> rows(QueryContext context);
}
