// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.LaneType;

/**
 * What rows are grouped by, and what is computed of each group. Immutable.
 *
 * @param inputTypes of the rows
 * @param keys columns of the rows
 * @param groupedBy the same columns as those that ask know them by
 */
record Grouping(
        List<LaneType> inputTypes, List<Integer> keys, Set<Integer> groupedBy, List<AggregateFunction> functions) {
    List<LaneType> keyTypes() {
        List<LaneType> types = new ArrayList<>(keys.size());
        for (int key : keys) {
            types.add(inputTypes.get(key));
        }
        return types;
    }

    /** Of the keys, then of the aggregates. */
    List<LaneType> outputTypes() {
        List<LaneType> types = new ArrayList<>(keyTypes());
        functions.forEach(function -> types.add(function.type()));
        return types;
    }

    /**
     * What makes one of the partial answers of several groupings of rows, each a row of keys and of what is known of the
     * aggregates; null if there are no partial answers to an aggregate.
     */
    @Nullable
    Grouping merging() {
        List<AggregateFunction> merging = new ArrayList<>();
        for (AggregateFunction function : functions) {
            AggregateFunction merged = function.merging(keys.size() + merging.size());
            if (merged == null) {
                return null;
            }
            merging.add(merged);
        }
        List<Integer> places = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            places.add(i);
        }
        return new Grouping(outputTypes(), places, groupedBy, merging);
    }
}
