// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.filter.RuntimeFilter;
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
    private static final int BATCHES_PER_STEP = 8;

    private final List<Operator> inputs;
    private final Definition definition;
    private final List<GroupingSet> sets = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
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
            List<AggregateFunction> functions) {
        private List<Integer> keysOf(Set<Integer> groupingSet) {
            List<Integer> inSet = new ArrayList<>(groupingSet.size());
            for (Integer key : keys) {
                if (groupingSet.contains(key)) {
                    inSet.add(key);
                }
            }
            return inSet;
        }

        private List<Grouping> groupings() {
            List<Grouping> groupings = new ArrayList<>(groupingSets.size());
            for (Set<Integer> groupingSet : groupingSets) {
                groupings.add(new Grouping(inputTypes, keysOf(groupingSet), groupingSet, functions));
            }
            return groupings;
        }
    }

    /** @param inputs the rows, in parts that several threads may read */
    public AggregateOperator(List<Operator> inputs, Definition definition, Run run) {
        this.definition = definition;
        this.run = run;
        List<Grouping> merging = inputs.size() == 1
                ? List.of()
                : definition.groupings().stream()
                        .map(Grouping::merging)
                        .filter(Objects::nonNull)
                        .toList();
        boolean parallel = inputs.size() > 1 && merging.size() == definition.groupingSets.size();
        this.inputs = parallel ? inputs : List.of(GatherOperator.of(inputs, definition.inputTypes, run));
        List<Grouping> groupings = parallel ? merging : definition.groupings();
        for (int i = 0; i < groupings.size(); i++) {
            sets.add(new GroupingSet(definition, definition.groupingSets.get(i), groupings.get(i), run));
        }
        if (parallel) {
            inputs.forEach(input -> parts.add(new Part(input)));
        }
    }

    /** The groups of a part of the rows, for each grouping set. */
    private final class Part implements Crew.Piece {
        private final Operator input;
        private final List<SpillingGroups> groups;

        Part(Operator input) {
            this.input = input;
            this.groups = definition.groupings().stream()
                    .map(grouping -> new SpillingGroups(grouping, 0, run))
                    .toList();
        }

        @Override
        public boolean step() {
            for (int i = 0; i < BATCHES_PER_STEP; i++) {
                RowBatch rows = input.next();
                if (rows == null) {
                    return false;
                }
                groups.forEach(each -> each.add(rows));
            }
            return true;
        }
    }

    @Override
    public @Nullable RowBatch next() {
        if (!read) {
            read = true;
            if (parts.isEmpty()) {
                readAll(inputs.get(0));
            } else {
                readParts();
            }
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

    private void readAll(Operator input) {
        for (RowBatch rows = input.next(); rows != null; rows = input.next()) {
            run.checkCancelled();
            for (GroupingSet each : sets) {
                each.groups.add(rows);
            }
        }
    }

    /** Threads group the rows of parts; what they found is merged. */
    private void readParts() {
        inputs.get(0).prepare();
        Crew.runAll(parts, run);
        for (Part part : parts) {
            for (int i = 0; i < sets.size(); i++) {
                SpillingGroups found = part.groups.get(i);
                found.moveTo(sets.get(i).groups);
                found.close();
            }
        }
        parts.clear();
    }

    /** A group whose key is not wanted needs none of its rows. */
    @Override
    public boolean filterBy(int column, RuntimeFilter filter) {
        if (column >= definition.keys.size()) {
            return false;
        }
        int key = definition.keys.get(column);
        return definition.groupingSets.stream().allMatch(groupingSet -> groupingSet.contains(key))
                && Operator.filterEach(inputs, key, filter);
    }

    @Override
    public void close() {
        List<AutoCloseable> open = new ArrayList<>(sets);
        parts.forEach(part -> open.addAll(part.groups));
        open.addAll(inputs);
        Closing.all(open);
    }

    /** The groups of one grouping set, with NULL for the keys that are not in it. */
    private static final class GroupingSet extends RowBatch implements AutoCloseable {
        private final SpillingGroups groups;
        /** For each column of the answer, that of the groups, or -1 for NULL. */
        private final int[] places;

        private final Lane[] nulls;
        private @Nullable RowBatch current;

        GroupingSet(Definition definition, Set<Integer> groupingSet, Grouping grouping, Run run) {
            List<Integer> keys = definition.keysOf(groupingSet);
            this.groups = new SpillingGroups(grouping, 0, run);
            this.places = new int[definition.keys.size() + definition.functions.size()];
            this.nulls = new Lane[places.length];
            for (int i = 0; i < places.length; i++) {
                boolean isKey = i < definition.keys.size();
                places[i] = isKey ? keys.indexOf(definition.keys.get(i)) : keys.size() + i - definition.keys.size();
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
