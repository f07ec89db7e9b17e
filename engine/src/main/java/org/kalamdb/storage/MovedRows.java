// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

/**
 * What a flush or a compaction has done. Immutable.
 *
 * @param rows rows in the new segments
 * @param segments number of new segments
 * @param replacedSegments number of segments they took the place of
 */
public record MovedRows(long rows, int segments, int replacedSegments) {
    /** Nothing. */
    public static final MovedRows NONE = new MovedRows(0, 0, 0);

    MovedRows plus(MovedRows other) {
        return new MovedRows(rows + other.rows, segments + other.segments, replacedSegments + other.replacedSegments);
    }
}
