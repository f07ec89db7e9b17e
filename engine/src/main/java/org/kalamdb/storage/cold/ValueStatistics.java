// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.internal.column.columnindex.BinaryTruncator;
import org.apache.parquet.internal.column.columnindex.ColumnIndexBuilder;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.kalamdb.schema.DistinctSketch;

/**
 * Least and greatest value, the number of NULLs and of different values of some values. Confined to one thread.
 *
 * <p>Long byte strings are cut to bounds that still hold. A NaN takes the bounds away, as it has no place in Parquet's
 * order, and zeros of either sign lie within the bounds, as the format demands.
 */
final class ValueStatistics {
    /** Longer byte strings are cut to bounds that still hold. */
    static final int MAX_BOUND_BYTES = 64;

    private final PrimitiveType type;
    private final Statistics<?> values;
    private final DistinctSketch sketch = new DistinctSketch();
    private boolean hasNan;

    ValueStatistics(PrimitiveType type) {
        this.type = type;
        this.values = Statistics.createStats(type);
    }

    void addNull() {
        values.incrementNumNulls();
    }

    void add(int value) {
        sketch.add(value);
        values.updateStats(value);
    }

    void add(long value) {
        sketch.add(value);
        values.updateStats(value);
    }

    void add(float value) {
        sketch.add(Float.floatToIntBits(value));
        if (Float.isNaN(value)) {
            hasNan = true;
        } else if (value == 0) {
            values.updateStats(-0.0f);
            values.updateStats(0.0f);
        } else {
            values.updateStats(value);
        }
    }

    void add(double value) {
        sketch.add(Double.doubleToLongBits(value));
        if (Double.isNaN(value)) {
            hasNan = true;
        } else if (value == 0) {
            values.updateStats(-0.0);
            values.updateStats(0.0);
        } else {
            values.updateStats(value);
        }
    }

    void add(boolean value) {
        sketch.add(value ? 1 : 0);
        values.updateStats(value);
    }

    void add(Binary value) {
        sketch.add(value.hashCode());
        values.updateStats(value);
    }

    void merge(ValueStatistics other) {
        values.mergeStatistics(other.values);
        hasNan |= other.hasNan;
        sketch.merge(other.sketch);
    }

    /** Adds them as those of a page. */
    void addTo(ColumnIndexBuilder index) {
        index.add(values);
    }

    /** Whether a value is not a number, so that pages of the column have no bounds either. */
    boolean hasNan() {
        return hasNan;
    }

    long nullCount() {
        return values.getNumNulls();
    }

    /** How many different values there are. */
    DistinctSketch sketch() {
        return sketch;
    }

    boolean hasBounds() {
        return values.hasNonNullValue() && !hasNan;
    }

    byte[] min() {
        byte[] min = values.getMinBytes();
        return min.length > MAX_BOUND_BYTES && isText()
                ? BinaryTruncator.getTruncator(type)
                        .truncateMin(Binary.fromConstantByteArray(min), MAX_BOUND_BYTES)
                        .getBytes()
                : min;
    }

    byte[] max() {
        byte[] max = values.getMaxBytes();
        return max.length > MAX_BOUND_BYTES && isText()
                ? BinaryTruncator.getTruncator(type)
                        .truncateMax(Binary.fromConstantByteArray(max), MAX_BOUND_BYTES)
                        .getBytes()
                : max;
    }

    private boolean isText() {
        return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
    }

    org.apache.parquet.format.Statistics toParquet() {
        org.apache.parquet.format.Statistics parquet =
                new org.apache.parquet.format.Statistics().setNull_count(nullCount());
        if (hasBounds()) {
            byte[] min = min();
            byte[] max = max();
            parquet.setMin_value(min)
                    .setMax_value(max)
                    .setIs_min_value_exact(min.length <= MAX_BOUND_BYTES && values.getMinBytes().length == min.length)
                    .setIs_max_value_exact(Arrays.equals(max, values.getMaxBytes()));
        }
        return parquet;
    }
}
