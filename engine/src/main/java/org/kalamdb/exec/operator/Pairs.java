// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.exec.kernel.Kernel;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;

/** The pairs that the rows of one batch make with the rows that are held in memory. Confined to one thread. */
final class Pairs {
    private static final int NOT_BEGUN = -2;

    private final BuildSide build;
    private final JoinBatch batch;
    private final JoinKeys keys;
    private final @Nullable Kernel residual;
    private @Nullable RowBatch probe;
    private int[] firsts = {};
    private boolean[] matched = {};
    private int[] selected = {};
    /** For each pair the place of its row among the selected ones of the batch. */
    private int[] places = {};
    /** The place among the selected rows of the batch whose pairs are being made. */
    private int place;
    /** The row in memory that it meets next, -1 if there is none. */
    private int partner;

    private int nextUnmatched;

    Pairs(BuildSide build, JoinBatch batch, JoinDefinition definition, Run run) {
        this.build = build;
        this.batch = batch;
        this.keys = keys(definition.probe().keys(), definition, run);
        this.residual =
                definition.residual() == null ? null : definition.residual().open(run);
    }

    static JoinKeys keys(List<Expression> keys, JoinDefinition definition, Run run) {
        return new JoinKeys(Expression.openAll(keys, run), definition.nullsMatch());
    }

    /** Looks the rows of a batch up. */
    void begin(RowBatch rows) {
        probe = rows;
        if (firsts.length < rows.count()) {
            firsts = new int[rows.count()];
            matched = new boolean[rows.count()];
        }
        Arrays.fill(matched, 0, rows.count(), false);
        find(rows, firsts);
        place = 0;
        partner = NOT_BEGUN;
        nextUnmatched = 0;
    }

    /** Writes for each row of a batch the first row in memory with its key, or -1. */
    void find(RowBatch rows, int[] found) {
        build.find(rows, keys, found);
    }

    boolean hasMore() {
        return place < requireNonNull(probe).count();
    }

    /** Makes the next pairs. @return how many of them are selected in the batch */
    int next() {
        RowBatch rows = requireNonNull(probe);
        reserve(Math.min(Rows.BATCH_SIZE, rows.count()));
        int count = 0;
        while (place < rows.count() && count < Rows.BATCH_SIZE) {
            if (count == places.length) {
                reserve(Math.min(Rows.BATCH_SIZE, 2 * count));
            }
            int row = partner == NOT_BEGUN ? firsts[place] : partner;
            if (row >= 0) {
                places[count] = place;
                batch.probeRows[count] = rows.rows()[place];
                batch.buildRows[count++] = row;
                partner = build.next(row);
            } else {
                partner = -1;
            }
            if (partner < 0) {
                place++;
                partner = NOT_BEGUN;
            }
        }
        if (count == 0) {
            return 0;
        }
        batch.begin(rows, count);
        int found = count;
        if (residual != null) {
            if (selected.length < count) {
                selected = new int[places.length];
            }
            found = residual.select(batch, batch.rows(), count, selected);
            batch.select(selected, found);
        }
        for (int i = 0; i < found; i++) {
            matched[places[batch.rows()[i]]] = true;
        }
        return found;
    }

    /** Makes room for so many pairs, and keeps those there are. */
    private void reserve(int count) {
        batch.reserve(count);
        if (places.length < count) {
            places = Arrays.copyOf(places, count);
        }
    }

    /** Whether the row at a place of the batch has met one, among the pairs made so far. */
    boolean isMatched(int at) {
        return matched[at];
    }

    /** Whether the row at a place of the batch has found its key. */
    boolean hasKey(int at) {
        return firsts[at] >= 0;
    }

    /** Marks the rows of the batch that have met one, and goes on behind them. */
    void mark(RowMarks marks) {
        int count = requireNonNull(probe).count();
        for (int i = 0; i < count; i++) {
            if (matched[i]) {
                marks.mark(i);
            }
        }
        marks.skip(count);
    }

    /** Writes some of the rows that have met none and were not written yet. @return how many */
    int takeUnmatched(int[] unmatched) {
        RowBatch rows = requireNonNull(probe);
        int count = 0;
        while (nextUnmatched < rows.count() && count < unmatched.length) {
            unmatched[count] = rows.rows()[nextUnmatched];
            count += matched[nextUnmatched] ? 0 : 1;
            nextUnmatched++;
        }
        return count;
    }
}
