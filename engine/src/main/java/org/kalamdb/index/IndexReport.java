// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.index;

import java.util.List;

/**
 * Whether an index agrees with its table. Immutable.
 *
 * @param rowCount rows of the table, of all users
 * @param entryCount entries of the index
 * @param problems what does not agree, a sentence each; only the first ones if there are many
 */
public record IndexReport(long rowCount, long entryCount, List<String> problems) {
    public IndexReport {
        problems = List.copyOf(problems);
    }

    /** Whether every row has its entry and every entry its row. */
    public boolean agrees() {
        return problems.isEmpty();
    }
}
