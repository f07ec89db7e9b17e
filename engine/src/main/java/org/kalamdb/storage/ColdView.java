// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.List;
import org.kalamdb.storage.cold.Segment;

/**
 * The segments of a table at one moment, in the order they were written. Immutable.
 *
 * @param version how often the set of segments had changed by then; 0 if there never was any
 */
record ColdView(long version, List<Segment> segments) {
    static final ColdView EMPTY = new ColdView(0, List.of());

    ColdView {
        segments = List.copyOf(segments);
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }
}
