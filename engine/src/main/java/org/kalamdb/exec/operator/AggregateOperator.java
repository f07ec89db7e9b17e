// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;

/**
 * One row for each group of the rows of its input, and for each grouping set. Groups come in the order of their first row as
 * long as all are in memory.
 */
public final class AggregateOperator implements Operator {
    private final Operator input;
    private final List<GroupingSet> sets = new ArrayList<>();
    private final Run run;
    private boolean read;
    private int set;

    /**
     * What is aggregated. Immutable.
     *
     * @param inputTypes of the columns of the input
     * @param keys columns of the input
     * @param groupingSets columns of the input, each some of the keys
     */
    public record Definition(
            List<LaneType> inputTypes,
            List<Integer> keys,
            List<Set<Integer>> groupingSets,
            List<AggregateFunction> functions) {}

    public AggregateOperator(Operator input, Definition definition, Run run) {
        this.input = input;
        this.run = run;
        for (Set<Integer> groupingSet : definition.groupingSets) {
            sets.add(new GroupingSet(definition, groupingSet, run));
        }
    }

    @Override
    public @Nullable RowBatch next() {
        if (!read) {
            for (RowBatch rows = input.next(); rows != null; rows = input.next()) {
                run.checkCancelled();
                for (GroupingSet each : sets) {
                    each.groups.add(rows);
                }
            }
            read = true;
        }
        while (set < sets.size()) {
            RowBatch answer = sets.get(set).next();
            if (answer != null) {
                return answer;
            }
            sets.get(set++).close();
        }
        return null;
    }

    @Override
    public void close() {
        List<AutoCloseable> open = new ArrayList<>(sets);
        open.add(input);
        Closing.all(open);
    }

    /** The groups of one grouping set, with NULL for the keys that are not in it. */
    private static final class GroupingSet extends RowBatch implements AutoCloseable {
        private final SpillingGroups groups;
        /** For each column of the answer, that of the groups, or -1 for NULL. */
        private final int[] places;

        private final Lane[] nulls;
        private @Nullable RowBatch current;

        GroupingSet(Definition definition, Set<Integer> groupingSet, Run run) {
            List<Integer> keys =
                    definition.keys.stream().filter(groupingSet::contains).toList();
            Grouping grouping = new Grouping(definition.inputTypes, keys, groupingSet, definition.functions);
            this.groups = new SpillingGroups(grouping, 0, run);
            this.places = new int[definition.keys.size() + definition.functions.size()];
            this.nulls = new Lane[places.length];
            for (int i = 0; i < places.length; i++) {
                boolean isKey = i < definition.keys.size();
                places[i] = isKey
                        ? keys.indexOf(definition.keys.get(i))
                        : keys.size() + i - definition.keys.size();
                if (places[i] < 0) {
                    nulls[i] = nulls(definition.inputTypes.get(definition.keys.get(i)));
                }
            }
        }

        private static Lane nulls(LaneType type) {
            int[] none = new int[Rows.BATCH_SIZE];
            Arrays.fill(none, -1);
            Lane lane = Lane.of(type);
            lane.gather(Lane.of(type), none, none.length);
            return lane;
        }

        @Nullable
        RowBatch next() {
            RowBatch answer = groups.next();
            current = answer;
            if (answer == null) {
                return null;
            }
            reset(answer.size());
            return this;
        }

        @Override
        public Lane lane(int column) {
            return places[column] < 0 ? nulls[column] : requireNonNull(current).lane(places[column]);
        }

        @Override
        public void close() {
            groups.close();
        }
    }
}
