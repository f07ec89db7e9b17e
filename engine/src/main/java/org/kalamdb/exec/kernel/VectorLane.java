// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BooleanVector;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.DictionaryVector;
import org.kalamdb.engine.batch.DoubleVector;
import org.kalamdb.engine.batch.EmbeddingVector;
import org.kalamdb.engine.batch.FloatVector;
import org.kalamdb.engine.batch.IntVector;
import org.kalamdb.engine.batch.LongVector;
import org.kalamdb.engine.batch.NarrowVector;
import org.kalamdb.engine.batch.ShortVector;
import org.kalamdb.function.InternalValues;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.TypeKind;

/** The lane of one column of a scan, made anew for each batch. Confined to one thread. */
final class VectorLane {
    private @Nullable Lane lane;
    private boolean[] nulls = {};
    private long[] widened = {};
    private boolean current;

    /** Ends the life of the lane made last. */
    void expire() {
        current = false;
    }

    Lane view(ColumnVector vector) {
        Lane known = lane;
        if (known == null) {
            known = Lane.of(typeOf(vector));
            lane = known;
        }
        if (!current) {
            fill(known, vector);
            current = true;
        }
        return known;
    }

    private static LaneType typeOf(ColumnVector vector) {
        return switch (vector.type().kind()) {
            case BOOLEAN -> LaneType.BOOLEAN;
            case SMALLINT -> LaneType.SMALLINT;
            case INT, DATE -> LaneType.INT;
            case BIGINT, TIME, TIMESTAMP, DATETIME -> LaneType.BIGINT;
            case FLOAT -> LaneType.FLOAT;
            case DOUBLE -> LaneType.DOUBLE;
            case DECIMAL -> LaneType.DECIMAL;
            case TEXT, JSON -> LaneType.TEXT;
            case BYTES -> LaneType.BYTES;
            case EMBEDDING -> LaneType.EMBEDDING;
            case UUID -> LaneType.OBJECT;
        };
    }

    private void fill(Lane to, ColumnVector vector) {
        int size = vector.size();
        if (vector instanceof NarrowVector numbers) {
            share(to, numbers);
        } else if (vector instanceof LongVector longs && to instanceof LongLane target) {
            target.share(longs.values());
        } else if (vector instanceof LongVector longs && vector.type() instanceof DecimalType decimal) {
            ((DecimalLane) to).share(longs, decimal.scale());
        } else if (vector instanceof DoubleVector doubles) {
            ((DoubleLane) to).share(doubles.values());
        } else if (vector instanceof BytesVector bytes) {
            ((BytesLane) to).share(bytes.data(), bytes.offsets(), size);
        } else if (vector instanceof DictionaryVector coded) {
            ((BytesLane) to).share(coded);
        } else if (vector instanceof EmbeddingVector embeddings) {
            ((EmbeddingLane) to).share(embeddings);
        } else if (vector instanceof IntVector ints) {
            to.prepare(size);
            widen(ints.values(), ((LongLane) to).values(), size);
        } else {
            copy(to, vector);
            return;
        }
        to.shareNulls(vector.hasNulls() ? marks(vector) : null);
    }

    /** In an array of its own, since the lane may be a view of one that others read. */
    private void share(Lane to, NarrowVector numbers) {
        if (widened.length < numbers.size()) {
            widened = new long[numbers.size()];
        }
        numbers.widen(widened);
        if (numbers.type() instanceof DecimalType decimal) {
            ((DecimalLane) to).share(widened, decimal.scale(), numbers.bitWidth());
        } else {
            ((LongLane) to).share(widened);
        }
    }

    private static void widen(int[] from, long[] to, int size) {
        for (int i = 0; i < size; i++) {
            to[i] = from[i];
        }
    }

    private boolean[] marks(ColumnVector vector) {
        if (nulls.length < vector.size()) {
            nulls = new boolean[vector.size()];
        }
        vector.markNulls(nulls);
        return nulls;
    }

    private void copy(Lane to, ColumnVector vector) {
        int size = vector.size();
        to.prepare(size);
        if (vector instanceof BooleanVector booleans) {
            long[] values = ((LongLane) to).values();
            for (int i = 0; i < size; i++) {
                values[i] = booleans.values()[i];
            }
        } else if (vector instanceof ShortVector shorts) {
            long[] values = ((LongLane) to).values();
            for (int i = 0; i < size; i++) {
                values[i] = shorts.values()[i];
            }
        } else if (vector instanceof FloatVector floats) {
            double[] values = ((DoubleLane) to).values();
            for (int i = 0; i < size; i++) {
                values[i] = floats.values()[i];
            }
        } else {
            TypeKind kind = vector.type().kind();
            for (int i = 0; i < size; i++) {
                to.set(i, InternalValues.fromStored(kind, vector.storedValue(i)));
            }
            return;
        }
        to.shareNulls(vector.hasNulls() ? marks(vector) : null);
    }
}
