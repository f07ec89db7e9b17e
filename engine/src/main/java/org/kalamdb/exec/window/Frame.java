// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import static java.util.Objects.requireNonNull;

/**
 * Which rows around a row a function looks at. Immutable.
 *
 * @param byRows whether distances count rows, and not values of the order key
 * @param descending whether the order key falls; it matters for distances in values only
 */
public record Frame(boolean byRows, FrameBound start, FrameBound end, Exclusion exclusion, boolean descending) {
    /** Rows of the frame that are left out. */
    public enum Exclusion {
        NOTHING,
        CURRENT_ROW,
        PEERS,
        OTHER_PEERS
    }

    public Frame {
        requireNonNull(start, "start is null");
        requireNonNull(end, "end is null");
        requireNonNull(exclusion, "exclusion is null");
    }
}
