// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;

/** One aggregate of all groups under way. Confined to one thread. */
interface Aggregation {
    /** Makes room for groups, of which new ones are empty. */
    void reserve(int groupCount);

    /** @param groups {@code groups[i]} is the number of the group of {@code rows[i]} */
    void add(RowBatch batch, int[] rows, int count, int[] groups);

    /** Writes the results of the groups from {@code from} on to the first rows of a lane that is prepared for them. */
    void finish(int from, int count, Lane to);
}
