// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import org.kalamdb.exec.kernel.Rows;

/** Which groups have got a value. Confined to one thread. */
final class Presence {
    private boolean[] present = {};
    private int groupCount;
    private int presentCount;

    void reserve(int count) {
        groupCount = count;
        if (present.length < count) {
            present = Arrays.copyOf(present, Math.max(count, 2 * present.length));
        }
    }

    boolean has(int group) {
        return present[group];
    }

    /** Whether all groups have one. */
    boolean isEverywhere() {
        return presentCount == groupCount;
    }

    /** The numbers of some groups, -1 in the place of those without a value. */
    int[] groups(int from, int count) {
        int[] groups = Rows.range(from, from + count);
        for (int i = 0; i < count; i++) {
            groups[i] = present[groups[i]] ? groups[i] : -1;
        }
        return groups;
    }

    void mark(int group) {
        presentCount += present[group] ? 0 : 1;
        present[group] = true;
    }

    void mark(int[] groups, int count) {
        for (int i = 0; i < count && presentCount < groupCount; i++) {
            mark(groups[i]);
        }
    }

    /** Bytes of the heap with so many groups. */
    long heapBytes(int count) {
        return Growth.bytes(1, present.length, count);
    }
}
