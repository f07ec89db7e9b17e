// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;

/** One row for each group of the rows of its input, and for each grouping set. Groups come in the order of their first row. */
public final class AggregateOperator implements Operator {
    private final Operator input;
    private final List<Groups> sets = new ArrayList<>();
    private final Lane[] output;
    private final LaneBatch batch;
    private final Run run;
    private boolean read;
    private int set;
    private int group;

    /**
     * What is aggregated. Immutable.
     *
     * @param keys columns of the input
     * @param keyTypes their types
     * @param groupingSets columns of the input, each some of the keys
     */
    public record Definition(
            List<Integer> keys,
            List<LaneType> keyTypes,
            List<Set<Integer>> groupingSets,
            List<AggregateFunction> functions) {}

    public AggregateOperator(Operator input, Definition definition, Run run) {
        this.input = input;
        this.run = run;
        for (Set<Integer> groupingSet : definition.groupingSets) {
            sets.add(new Groups(definition, groupingSet));
        }
        List<LaneType> types = new ArrayList<>(definition.keyTypes);
        definition.functions.forEach(function -> types.add(function.type()));
        this.output = types.stream().map(Lane::of).toArray(Lane[]::new);
        this.batch = new LaneBatch(output);
    }

    @Override
    public @Nullable RowBatch next() {
        if (!read) {
            for (RowBatch rows = input.next(); rows != null; rows = input.next()) {
                for (Groups groups : sets) {
                    groups.add(rows);
                }
            }
            read = true;
        }
        run.checkCancelled();
        while (set < sets.size() && group == sets.get(set).size()) {
            set++;
            group = 0;
        }
        if (set == sets.size()) {
            return null;
        }
        int count = Math.min(Rows.BATCH_SIZE, sets.get(set).size() - group);
        sets.get(set).finish(group, count, output);
        group += count;
        return batch.begin(count);
    }

    @Override
    public void close() {
        input.close();
    }

    /** The groups of one grouping set. */
    private static final class Groups {
        /** For each key, its place in the table, or -1 if it is not in the grouping set. */
        private final int[] places;

        private final int[] columns;
        private final Lane[] keys;
        private final KeyTable table;
        private final List<Aggregation> aggregations = new ArrayList<>();
        private int[] numbers = {};

        Groups(Definition definition, Set<Integer> groupingSet) {
            places = new int[definition.keys.size()];
            List<Integer> grouped = new ArrayList<>();
            List<LaneType> types = new ArrayList<>();
            for (int i = 0; i < places.length; i++) {
                int column = definition.keys.get(i);
                places[i] = -1;
                if (groupingSet.contains(column)) {
                    places[i] = grouped.size();
                    grouped.add(column);
                    types.add(definition.keyTypes.get(i));
                }
            }
            columns = grouped.stream().mapToInt(Integer::intValue).toArray();
            keys = new Lane[columns.length];
            table = new KeyTable(types);
            for (AggregateFunction function : definition.functions) {
                aggregations.add(function.open(groupingSet));
            }
            if (columns.length == 0) {
                // The group of everything is there even if there are no rows.
                aggregations.forEach(aggregation -> aggregation.reserve(1));
            }
        }

        int size() {
            return columns.length == 0 ? 1 : table.size();
        }

        void add(RowBatch rows) {
            int count = rows.count();
            if (numbers.length < count) {
                numbers = new int[count];
            }
            if (columns.length > 0) {
                for (int i = 0; i < columns.length; i++) {
                    keys[i] = rows.lane(columns[i]);
                }
                table.add(keys, rows.rows(), count, numbers);
            }
            for (Aggregation aggregation : aggregations) {
                aggregation.reserve(size());
                aggregation.add(rows, rows.rows(), count, numbers);
            }
        }

        void finish(int from, int count, Lane[] output) {
            int[] groups = Arrays.copyOfRange(Rows.all(from + count), from, from + count);
            int[] none = new int[count];
            Arrays.fill(none, -1);
            for (int i = 0; i < places.length; i++) {
                if (places[i] < 0) {
                    output[i].gather(Lane.of(output[i].type()), none, count);
                } else {
                    output[i].gather(table.key(places[i]), groups, count);
                }
            }
            for (int i = 0; i < aggregations.size(); i++) {
                Lane to = output[places.length + i];
                to.prepare(count);
                aggregations.get(i).finish(from, count, to);
            }
        }
    }
}
