// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.List;

/** CASE: each row gets the value behind its first condition that is true, and only that is computed for it. */
public final class CaseKernel extends Kernel {
    private final List<Kernel> conditions;
    private final List<Kernel> values;
    private final Lane result;
    private int[] open = {};
    private int[] chosen = {};

    /** @param values one for each condition, and one for the rows that are left, all of {@code type} */
    public CaseKernel(LaneType type, List<Kernel> conditions, List<Kernel> values) {
        this.conditions = conditions;
        this.values = values;
        this.result = Lane.of(type);
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        result.prepare(batch.size());
        if (open.length < count) {
            open = new int[batch.size()];
            chosen = new int[batch.size()];
        }
        System.arraycopy(rows, 0, open, 0, count);
        int left = count;
        for (int i = 0; i < conditions.size() && left > 0; i++) {
            int found = conditions.get(i).select(batch, open, left, chosen);
            if (found > 0) {
                result.merge(values.get(i).evaluate(batch, chosen, found), chosen, found);
                left = without(chosen, found, left);
            }
        }
        if (left > 0) {
            result.merge(values.get(values.size() - 1).evaluate(batch, open, left), open, left);
        }
        return result;
    }

    /** Takes rows out of the open ones, which they are some of. @return how many stay */
    private int without(int[] taken, int takenCount, int openCount) {
        int left = 0;
        int next = 0;
        for (int i = 0; i < openCount; i++) {
            if (next < takenCount && taken[next] == open[i]) {
                next++;
            } else {
                open[left++] = open[i];
            }
        }
        return left;
    }
}
