// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.KeySet;
import org.kalamdb.exec.filter.RuntimeFilter;
import org.kalamdb.exec.kernel.ColumnReference;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.exec.kernel.Lane;

/**
 * The filters that a join gives to its probing side, one for each key that is a column of a scan there: rows without a match do
 * not matter. Safe for use by several threads once it is made.
 */
final class JoinFilters {
    /** With so many keys, rows may be looked up one by one. */
    static final int MAX_FEW = 1000;

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
        return Operator.filterEach(inputs, reference.column(), filter) ? filter : null;
    }

    /** Whether some scan takes one of them. */
    boolean areUsed() {
        return filters.stream().anyMatch(Objects::nonNull);
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
                filter.publish(KeySet.of(keys.key(k), keys.size()), few(keys.key(k), keys.size()));
            }
        }
    }

    /** The values of a lane, each once, or null if they are many or one is NULL. */
    private static @Nullable List<Object> few(Lane lane, int size) {
        if (size > MAX_FEW) {
            return null;
        }
        Set<Object> values = new LinkedHashSet<>();
        for (int i = 0; i < size; i++) {
            Object value = lane.get(i);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return List.copyOf(values);
    }
}
