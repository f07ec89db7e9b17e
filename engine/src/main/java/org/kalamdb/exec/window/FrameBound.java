// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One end of a frame. Immutable.
 *
 * @param place relative to the current row
 * @param rows distance in rows, 0 or more; only of a frame of rows
 * @param step distance in values of the order key; only of a frame of values
 */
public record FrameBound(Place place, long rows, @Nullable RangeStep step) {
    /** Where a bound is. */
    public enum Place {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    public FrameBound {
        requireNonNull(place, "place is null");
    }

    boolean hasOffset() {
        return place == Place.PRECEDING || place == Place.FOLLOWING;
    }
}
