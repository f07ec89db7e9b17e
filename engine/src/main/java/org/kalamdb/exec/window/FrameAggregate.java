// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import org.kalamdb.exec.kernel.Lane;

/** An aggregate of the rows of a frame, to which rows are added, and from which they may be removed. Confined to one thread. */
interface FrameAggregate {
    /** Forgets all rows. */
    void clear(Partition partition);

    /** Adds a row behind those that were added before. */
    void add(Partition partition, int row);

    /** Whether rows can be removed again, the first added first, with the same outcome as if they had not been added. */
    default boolean canRemove() {
        return true;
    }

    /** Takes back what was added first. Asked only of aggregates that can. */
    void remove(Partition partition, int row);

    /** Writes the aggregate of what was added and not removed. */
    void write(Partition partition, Lane results, int at);
}
