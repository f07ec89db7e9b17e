// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.kalamdb.transaction.CommitNumbers;

/** Numbers of commits in blocks that are counted by a {@link Sequence}. Safe for use by several threads. */
final class CommitNumberBlocks implements CommitNumbers {
    private final Sequences sequences;
    private volatile long floor;

    CommitNumberBlocks(Sequences sequences) {
        this.sequences = sequences;
    }

    @Override
    public long reserve() {
        return first(sequences.commitNumberBlocks().next());
    }

    @Override
    public long floor() {
        return floor;
    }

    /** Gives from now on only numbers greater than all that another database has given. */
    void advancePast(CommitNumberBlocks other) {
        long free = other.sequences.commitNumberBlocks().upcoming();
        sequences.commitNumberBlocks().advancePast(free - 1);
        floor = Math.max(floor, first(free));
    }

    private static long first(long block) {
        return block * BLOCK + 1;
    }
}
