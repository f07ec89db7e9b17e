// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;

/** Which groups have got a value. Confined to one thread. */
final class Presence {
    private boolean[] present = {};

    void reserve(int groupCount) {
        if (present.length < groupCount) {
            present = Arrays.copyOf(present, Math.max(groupCount, 2 * present.length));
        }
    }

    boolean has(int group) {
        return present[group];
    }

    void mark(int group) {
        present[group] = true;
    }

    void mark(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            present[groups[i]] = true;
        }
    }

    /** Bytes of the heap with so many groups. */
    long heapBytes(int groupCount) {
        return Growth.bytes(1, present.length, groupCount);
    }
}
