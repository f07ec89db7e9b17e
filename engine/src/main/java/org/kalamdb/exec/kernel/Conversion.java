// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** Conversions of numbers that cannot fail: to a wider type, or to a floating-point number. */
public final class Conversion extends Kernel {
    private final Kernel operand;
    private final LaneType type;
    private final Lane result;

    private Conversion(Kernel operand, LaneType type) {
        this.operand = operand;
        this.type = type;
        this.result = Lane.of(type);
    }

    /** Whether there is such a conversion. */
    public static boolean isPossible(LaneType from, LaneType to) {
        return from == to
                || from.isInteger() && to.isInteger() && from.compareTo(to) < 0
                || from.isInteger() && (to.isDouble() || to == LaneType.DECIMAL)
                || from.isDouble() && to == LaneType.DOUBLE
                || from == LaneType.DECIMAL && to.isDouble();
    }

    /** {@code operand} as values of {@code type}. */
    public static Kernel of(Kernel operand, LaneType from, LaneType type) {
        return from == type ? operand : new Conversion(operand, type);
    }

    @Override
    public Lane evaluate(RowBatch batch, int[] rows, int count) {
        Lane source = operand.evaluate(batch, rows, count);
        result.prepare(batch.size());
        result.shareNulls(source.nulls());
        if (result instanceof LongLane lane) {
            lane.share(((LongLane) source).values());
        } else if (result instanceof DecimalLane lane) {
            lane.share(((LongLane) source).values(), 0);
        } else {
            toDouble(source, ((DoubleLane) result).values(), rows, count);
        }
        return result;
    }

    private void toDouble(Lane source, double[] values, int[] rows, int count) {
        boolean single = type == LaneType.FLOAT;
        if (source instanceof LongLane lane) {
            long[] from = lane.values();
            for (int i = 0; i < count; i++) {
                values[rows[i]] = single ? (float) from[rows[i]] : from[rows[i]];
            }
        } else if (source instanceof DoubleLane lane) {
            double[] from = lane.values();
            for (int i = 0; i < count; i++) {
                values[rows[i]] = from[rows[i]];
            }
        } else {
            DecimalLane from = (DecimalLane) source;
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                if (!source.isNull(row)) {
                    values[row] = single
                            ? from.decimal(row).floatValue()
                            : from.decimal(row).doubleValue();
                }
            }
        }
    }
}
