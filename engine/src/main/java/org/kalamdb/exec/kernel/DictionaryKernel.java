// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.DictionaryVector;

/**
 * A condition on one column of TEXT that depends on nothing else. Where rows name their values by a dictionary, it is computed
 * once for each value that occurs in a row asked for, else row by row.
 */
public final class DictionaryKernel extends Kernel {
    private static final byte OPEN = 0;
    private static final byte FALSE = 1;
    private static final byte TRUE = 2;
    private static final byte UNKNOWN = 3;
    /** Between being met and being computed. */
    private static final byte MET = 4;

    private final int column;
    private final Kernel condition;
    private final BytesLane values = new BytesLane(LaneType.TEXT);
    private final LaneBatch batch;
    private final LongLane result = new LongLane(LaneType.BOOLEAN);
    private @Nullable BytesVector dictionary;
    /** Of each value of the dictionary, and behind them of NULL. */
    private byte[] outcomes = {};

    private int[] met = {};

    /** @param condition of BOOLEAN, deterministic, over that column and no other */
    public DictionaryKernel(int column, Kernel condition) {
        this.column = column;
        this.condition = condition;
        Lane[] lanes = new Lane[column + 1];
        Arrays.fill(lanes, values);
        this.batch = new LaneBatch(lanes);
    }

    @Override
    public int select(RowBatch rowsBatch, int[] rows, int count, int[] selected) {
        BytesLane lane = (BytesLane) rowsBatch.lane(column);
        DictionaryVector coded = lane.coded();
        if (coded == null) {
            return condition.select(rowsBatch, rows, count, selected);
        }
        decide(coded, lane.nulls(), rows, count);
        int[] codes = coded.codes();
        boolean[] nulls = lane.nulls();
        int ofNull = outcomes.length - 1;
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            selected[found] = row;
            found += outcomes[nulls != null && nulls[row] ? ofNull : codes[row]] == TRUE ? 1 : 0;
        }
        return found;
    }

    @Override
    public Lane evaluate(RowBatch rowsBatch, int[] rows, int count) {
        BytesLane lane = (BytesLane) rowsBatch.lane(column);
        DictionaryVector coded = lane.coded();
        if (coded == null) {
            return condition.evaluate(rowsBatch, rows, count);
        }
        decide(coded, lane.nulls(), rows, count);
        result.prepare(rowsBatch.size());
        long[] truths = result.values();
        int[] codes = coded.codes();
        int ofNull = outcomes.length - 1;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            byte outcome = outcomes[lane.isNull(row) ? ofNull : codes[row]];
            truths[row] = outcome == TRUE ? 1 : 0;
            if (outcome == UNKNOWN) {
                result.setNull(row);
            }
        }
        return result;
    }

    /** Computes the outcomes of values that have not been met before. */
    private void decide(DictionaryVector coded, boolean @Nullable [] nulls, int[] rows, int count) {
        if (dictionary != coded.dictionary()) {
            begin(coded.dictionary());
        }
        if (met.length < count) {
            met = new int[count];
        }
        int[] codes = coded.codes();
        int ofNull = outcomes.length - 1;
        int open = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int code = nulls != null && nulls[row] ? ofNull : codes[row];
            if (outcomes[code] == OPEN) {
                outcomes[code] = MET;
                met[open++] = code;
            }
        }
        if (open > 0) {
            Arrays.sort(met, 0, open);
            LongLane truths = (LongLane) condition.evaluate(batch, met, open);
            for (int i = 0; i < open; i++) {
                int code = met[i];
                outcomes[code] = truths.isNull(code) ? UNKNOWN : truths.values()[code] == 0 ? FALSE : TRUE;
            }
        }
    }

    private void begin(BytesVector known) {
        int size = known.size();
        values.share(known.data(), size + 1);
        System.arraycopy(known.offsets(), 0, values.starts(), 0, size);
        System.arraycopy(known.offsets(), 1, values.ends(), 0, size);
        values.setNull(size);
        batch.begin(size + 1);
        outcomes = new byte[size + 1];
        dictionary = known;
    }
}
