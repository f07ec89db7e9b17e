// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.jspecify.annotations.Nullable;

/** A series of points in time, each made of the one before, in microseconds since 1970-01-01. Immutable. */
public final class TimestampSeries extends Series {
    private final boolean byMonths;

    private TimestampSeries(@Nullable Long first, @Nullable Long last, @Nullable Long step, boolean byMonths) {
        super(first, last, step);
        this.byMonths = byMonths;
    }

    /** In steps of a day-time interval. Called by generated code. */
    public static TimestampSeries ofMicros(@Nullable Long first, @Nullable Long last, @Nullable Long micros) {
        return new TimestampSeries(first, last, micros, false);
    }

    /** In steps of a year-month interval. Called by generated code. */
    public static TimestampSeries ofMonths(@Nullable Long first, @Nullable Long last, @Nullable Long months) {
        return new TimestampSeries(first, last, months, true);
    }

    @Override
    long following(long value, long stride) {
        return byMonths ? Datetimes.timestampPlusMonths(value, stride) : value + stride;
    }
}
