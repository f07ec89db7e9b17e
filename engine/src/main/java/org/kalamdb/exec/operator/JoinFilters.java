// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.KeySet;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.ColumnReference;
import org.kalamdb.exec.kernel.Expression;

/**
 * The filters that a join gives to its probing side, one for each key that is a column of a scan there: rows without a match do
 * not matter. Safe for use by several threads once it is made.
 */
final class JoinFilters {
    /** For each key its filter, or null. */
    private final List<@Nullable RuntimeFilter> filters = new ArrayList<>();

    /** @param probeInputs given the filters */
    JoinFilters(JoinDefinition definition, List<Operator> probeInputs) {
        for (Expression key : definition.probe().keys()) {
            filters.add(definition.dropsUnmatchedProbeRows() ? given(key, probeInputs) : null);
        }
    }

    private static @Nullable RuntimeFilter given(Expression key, List<Operator> inputs) {
        if (!(key instanceof ColumnReference reference)) {
            return null;
        }
        RuntimeFilter filter = new RuntimeFilter();
        boolean used = false;
        for (Operator input : inputs) {
            used |= input.filterBy(reference.column(), filter);
        }
        return used ? filter : null;
    }

    /** How many bytes of the heap they will hold. */
    long heapBytes(KeyTable keys) {
        long bytes = 0;
        for (int k = 0; k < filters.size(); k++) {
            bytes += filters.get(k) == null ? 0 : KeySet.heapBytes(keys.key(k), keys.size());
        }
        return bytes;
    }

    /** To be called when all keys are there. */
    void publish(KeyTable keys) {
        for (int k = 0; k < filters.size(); k++) {
            RuntimeFilter filter = filters.get(k);
            if (filter != null) {
                filter.publish(KeySet.of(keys.key(k), keys.size()));
            }
        }
    }
}
