// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.job;

/** What a job does. */
public enum JobType {
    /** Moves hot rows of a table to segments. */
    FLUSH("FL"),
    /** Merges segments of a table. */
    COMPACT("CO"),
    /** Copies the database, or a namespace of it, to a folder. */
    BACKUP("BK"),
    /** Takes namespaces over from a backup. */
    RESTORE("RS"),
    /** Reads a table for what the planner wants to know of it. */
    ANALYZE("AN"),
    /** Looks for what is damaged. */
    CHECK("CK"),
    /** Removes rows that were deleted and have been kept long enough. */
    RETENTION("RT"),
    /** Removes rows of a STREAM table that have expired, or the oldest where there are too many. */
    STREAM_EVICTION("SE");

    private final String prefix;

    JobType(String prefix) {
        this.prefix = prefix;
    }

    /** What ids of such jobs begin with. */
    String prefix() {
        return prefix;
    }
}
