// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BooleanVector;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.Decimal128Vector;
import org.kalamdb.engine.batch.DictionaryVector;
import org.kalamdb.engine.batch.DoubleVector;
import org.kalamdb.engine.batch.FloatVector;
import org.kalamdb.engine.batch.IntVector;
import org.kalamdb.engine.batch.LongVector;
import org.kalamdb.engine.batch.ShortVector;
import org.kalamdb.engine.batch.UuidVector;
import org.kalamdb.type.DecimalType;

/** Makes a vector of values at places of another one, with a loop for each kind of array. */
final class Gather {
    private Gather() {}

    /**
     * A vector of {@code size} rows.
     *
     * @param values without NULL, of any type but EMBEDDING
     * @param places for each row the place of its value; for NULL any that is there
     * @param nulls one bit a row, set for NULL; null if there is none
     */
    static ColumnVector rows(ColumnVector values, int[] places, int size, long @Nullable [] nulls) {
        if (values instanceof IntVector ints) {
            return new IntVector(ints.type(), size, ints(ints.values(), places, size), nulls);
        }
        if (values instanceof LongVector longs) {
            return new LongVector(longs.type(), size, longs(longs.values(), places, size), nulls);
        }
        if (values instanceof DoubleVector doubles) {
            return new DoubleVector(doubles.type(), size, doubles(doubles.values(), places, size), nulls);
        }
        if (values instanceof BytesVector bytes) {
            return new DictionaryVector(bytes, size, places, nulls);
        }
        if (values instanceof ShortVector shorts) {
            return new ShortVector(shorts.type(), size, shorts(shorts.values(), places, size), nulls);
        }
        if (values instanceof FloatVector floats) {
            return new FloatVector(floats.type(), size, floats(floats.values(), places, size), nulls);
        }
        if (values instanceof BooleanVector booleans) {
            return new BooleanVector(booleans.type(), size, bytes(booleans.values(), places, size), nulls);
        }
        if (values instanceof UuidVector uuids) {
            return new UuidVector(size, longs(uuids.high(), places, size), longs(uuids.low(), places, size), nulls);
        }
        Decimal128Vector decimals = (Decimal128Vector) values;
        return new Decimal128Vector(
                (DecimalType) decimals.type(),
                size,
                longs(decimals.high(), places, size),
                longs(decimals.low(), places, size),
                nulls);
    }

    private static int[] ints(int[] values, int[] places, int size) {
        int[] gathered = new int[size];
        for (int i = 0; i < size; i++) {
            gathered[i] = values[places[i]];
        }
        return gathered;
    }

    private static long[] longs(long[] values, int[] places, int size) {
        long[] gathered = new long[size];
        for (int i = 0; i < size; i++) {
            gathered[i] = values[places[i]];
        }
        return gathered;
    }

    private static double[] doubles(double[] values, int[] places, int size) {
        double[] gathered = new double[size];
        for (int i = 0; i < size; i++) {
            gathered[i] = values[places[i]];
        }
        return gathered;
    }

    private static float[] floats(float[] values, int[] places, int size) {
        float[] gathered = new float[size];
        for (int i = 0; i < size; i++) {
            gathered[i] = values[places[i]];
        }
        return gathered;
    }

    private static short[] shorts(short[] values, int[] places, int size) {
        short[] gathered = new short[size];
        for (int i = 0; i < size; i++) {
            gathered[i] = values[places[i]];
        }
        return gathered;
    }

    private static byte[] bytes(byte[] values, int[] places, int size) {
        byte[] gathered = new byte[size];
        for (int i = 0; i < size; i++) {
            gathered[i] = values[places[i]];
        }
        return gathered;
    }
}
