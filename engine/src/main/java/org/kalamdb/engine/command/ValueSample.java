// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.command;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.kalamdb.function.ValueOrder;
import org.kalamdb.schema.Histogram;
import org.kalamdb.schema.ValuePosition;
import org.kalamdb.type.KalamDataType;

/**
 * Some of the values of a column, each with the same chance, from which a {@link Histogram} is made. The same values give the
 * same sample. Confined to one thread.
 */
final class ValueSample {
    private static final int MAX_VALUES = 4096;

    /** Of fewer values the least and the greatest say enough. */
    private static final int MIN_VALUES = 2 * Histogram.MAX_PARTS;

    private final KalamDataType type;
    private final List<Object> values = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(0);
    private long seen;

    ValueSample(KalamDataType type) {
        this.type = type;
    }

    /** @param value stored, not null */
    void add(Object value) {
        seen++;
        if (values.size() < MAX_VALUES) {
            values.add(value);
            return;
        }
        long place = random.nextLong(seen);
        if (place < MAX_VALUES) {
            values.set((int) place, value);
        }
    }

    /** The values that divide all of them into parts of the same size; none if there are few, or they have no positions. */
    List<Object> bounds() {
        // Neither what is no number nor an infinite one stands on the line.
        values.removeIf(value -> !Double.isFinite(position(value)));
        if (values.size() < MIN_VALUES) {
            return List.of();
        }
        values.sort(ValueOrder.INSTANCE::compare);
        List<Object> bounds = new ArrayList<>();
        for (int i = 0; i <= Histogram.MAX_PARTS; i++) {
            bounds.add(values.get((int) ((long) i * (values.size() - 1) / Histogram.MAX_PARTS)));
        }
        return bounds;
    }

    private double position(Object value) {
        return ValuePosition.of(type, value);
    }

    /** @param bounds those of this sample */
    Histogram histogram(List<Object> bounds) {
        return bounds.isEmpty()
                ? Histogram.UNKNOWN
                : new Histogram(bounds.stream().map(this::position).toList(), frequent());
    }

    /** Of values that have one position, such as long texts that begin alike, nothing is said. */
    private List<Histogram.Frequent> frequent() {
        List<Histogram.Frequent> frequent = new ArrayList<>();
        int end;
        for (int first = 0; first < values.size(); first = end) {
            double position = position(values.get(first));
            end = first + 1;
            while (end < values.size() && position(values.get(end)) == position) {
                end++;
            }
            boolean isOneValue = ValueOrder.INSTANCE.compare(values.get(first), values.get(end - 1)) == 0;
            double part = (double) (end - first) / values.size();
            if (isOneValue && part >= 1.0 / Histogram.MAX_PARTS) {
                frequent.add(new Histogram.Frequent(position, part));
            }
        }
        return frequent;
    }
}
