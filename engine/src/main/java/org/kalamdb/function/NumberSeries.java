// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.jspecify.annotations.Nullable;

/** A series of numbers. Immutable. */
public final class NumberSeries extends Series {
    private NumberSeries(@Nullable Long first, @Nullable Long last, @Nullable Long step) {
        super(first, last, step);
    }

    /** Called by generated code. */
    public static NumberSeries of(@Nullable Long first, @Nullable Long last) {
        return new NumberSeries(first, last, 1L);
    }

    /** Called by generated code. */
    public static NumberSeries of(@Nullable Long first, @Nullable Long last, @Nullable Long step) {
        return new NumberSeries(first, last, step);
    }

    @Override
    long following(long value, long stride) {
        return value + stride;
    }
}
