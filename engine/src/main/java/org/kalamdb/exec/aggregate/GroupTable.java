// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.aggregate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The groups of the rows read so far, each with its aggregates under way. Confined to one thread. */
public final class GroupTable {
    private final AggregateDefinition definition;
    private final List<GroupsOfSet> sets = new ArrayList<>();

    public GroupTable(AggregateDefinition definition) {
        this.definition = definition;
        for (Set<Integer> groupingSet : definition.groupingSets()) {
            sets.add(new GroupsOfSet(definition, groupingSet));
        }
    }

    /** @param row of the input */
    public void add(@Nullable Object[] row) {
        for (GroupsOfSet set : sets) {
            set.add(row);
        }
    }

    /** One row for each group: its keys, NULL those that are not in its grouping set, and its aggregates. */
    public List<@Nullable Object[]> rows() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (GroupsOfSet set : sets) {
            for (Group group : set.groups.values()) {
                rows.add(group.row(definition.columns().size()));
            }
        }
        return rows;
    }

    /** The groups by one grouping set. */
    private static final class GroupsOfSet {
        private final AggregateDefinition definition;
        private final Set<Integer> groupingSet;
        private final List<Integer> keys;
        private final Map<Object, Group> groups = new LinkedHashMap<>();

        GroupsOfSet(AggregateDefinition definition, Set<Integer> groupingSet) {
            this.definition = definition;
            this.groupingSet = groupingSet;
            this.keys = definition.keys().stream().filter(groupingSet::contains).toList();
            if (keys.isEmpty()) {
                // The group of everything is there even if there are no rows.
                groups.put(
                        List.of(),
                        newGroup(new @Nullable Object[definition.keys().size()]));
            }
        }

        void add(@Nullable Object[] row) {
            Group group = groups.computeIfAbsent(RowKeys.of(row, keys), key -> newGroup(keysOf(row)));
            List<AggregateColumn> columns = definition.columns();
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).add(row, group.accumulators.get(i));
            }
        }

        private @Nullable Object[] keysOf(@Nullable Object[] row) {
            @Nullable Object[] values = new @Nullable Object[definition.keys().size()];
            for (int i = 0; i < values.length; i++) {
                int column = definition.keys().get(i);
                values[i] = groupingSet.contains(column) ? row[column] : null;
            }
            return values;
        }

        private Group newGroup(@Nullable Object[] keyValues) {
            List<Accumulator> accumulators =
                    new ArrayList<>(definition.columns().size());
            for (AggregateColumn column : definition.columns()) {
                accumulators.add(column.accumulators().apply(groupingSet));
            }
            return new Group(keyValues, accumulators);
        }
    }

    private static final class Group {
        private final @Nullable Object[] keys;
        private final List<Accumulator> accumulators;

        Group(@Nullable Object[] keys, List<Accumulator> accumulators) {
            this.keys = keys;
            this.accumulators = accumulators;
        }

        @Nullable
        Object[] row(int aggregateCount) {
            @Nullable Object[] row = Arrays.copyOf(keys, keys.length + aggregateCount);
            for (int i = 0; i < aggregateCount; i++) {
                row[keys.length + i] = accumulators.get(i).value();
            }
            return row;
        }
    }
}
