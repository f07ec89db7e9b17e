// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import org.kalamdb.engine.batch.BytesVectorBuilder;
import org.kalamdb.engine.batch.DoubleVectorBuilder;
import org.kalamdb.engine.batch.EmbeddingVectorBuilder;
import org.kalamdb.engine.batch.IntVectorBuilder;
import org.kalamdb.engine.batch.LongVectorBuilder;
import org.kalamdb.engine.batch.VectorBuilder;
import org.kalamdb.function.InternalValues;
import org.kalamdb.type.TypeKind;

/** Copies lanes into the vectors of results. */
public final class VectorWriter {
    private VectorWriter() {}

    /**
     * Appends rows of a lane.
     *
     * @throws org.kalamdb.error.KalamException NUMERIC_OUT_OF_RANGE if a decimal has more digits than the vector's type
     */
    public static void write(Lane lane, int[] rows, int count, VectorBuilder to) {
        if (lane instanceof LongLane longs && to instanceof LongVectorBuilder builder && !isDecimal(to)) {
            long[] values = longs.values();
            for (int i = 0; i < count; i++) {
                if (lane.isNull(rows[i])) {
                    to.appendNull();
                } else {
                    builder.append(values[rows[i]]);
                }
            }
        } else if (lane instanceof LongLane longs && to instanceof IntVectorBuilder builder) {
            long[] values = longs.values();
            for (int i = 0; i < count; i++) {
                if (lane.isNull(rows[i])) {
                    to.appendNull();
                } else {
                    builder.append((int) values[rows[i]]);
                }
            }
        } else if (lane instanceof DoubleLane doubles && to instanceof DoubleVectorBuilder builder) {
            double[] values = doubles.values();
            for (int i = 0; i < count; i++) {
                if (lane.isNull(rows[i])) {
                    to.appendNull();
                } else {
                    builder.append(values[rows[i]]);
                }
            }
        } else if (lane instanceof BytesLane bytes && to instanceof BytesVectorBuilder builder) {
            write(bytes, rows, count, builder);
        } else if (lane instanceof EmbeddingLane embeddings && to instanceof EmbeddingVectorBuilder builder) {
            write(embeddings, rows, count, builder);
        } else {
            for (int i = 0; i < count; i++) {
                to.append(InternalValues.toStored(to.type(), lane.get(rows[i])));
            }
        }
    }

    private static boolean isDecimal(VectorBuilder to) {
        return to.type().kind() == TypeKind.DECIMAL;
    }

    private static void write(EmbeddingLane embeddings, int[] rows, int count, EmbeddingVectorBuilder to) {
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (embeddings.isNull(row)) {
                to.appendNull();
            } else {
                to.append(embeddings.data(), embeddings.start(row), embeddings.dimension(row));
            }
        }
    }

    private static void write(BytesLane bytes, int[] rows, int count, BytesVectorBuilder to) {
        byte[] data = bytes.data();
        int[] starts = bytes.starts();
        int[] ends = bytes.ends();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (bytes.isNull(row)) {
                to.appendNull();
            } else {
                to.append(data, starts[row], ends[row] - starts[row]);
            }
        }
    }
}
