// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.aggregate;

import java.util.List;
import java.util.Set;

/**
 * What rows are grouped by and what is computed of each group. Immutable.
 *
 * @param keys columns of the input, each in one grouping set at least
 * @param groupingSets sets of keys, each of which makes groups of its own
 */
public record AggregateDefinition(List<Integer> keys, List<Set<Integer>> groupingSets, List<AggregateColumn> columns) {
    public AggregateDefinition {
        keys = List.copyOf(keys);
        groupingSets = groupingSets.stream().map(Set::copyOf).toList();
        columns = List.copyOf(columns);
    }
}
