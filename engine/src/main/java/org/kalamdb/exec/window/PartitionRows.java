// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import org.kalamdb.exec.kernel.Lane;

/** The sorted rows of one partition by column; they need not all be in memory. Confined to one thread. */
public interface PartitionRows {
    /** Number of rows. */
    int size();

    /** What holds a column of a row; it may hold other rows too. */
    Lane lane(int column, int row);

    /** Where a row is in its lanes. */
    int place(int row);
}
