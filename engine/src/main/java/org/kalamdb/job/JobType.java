// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.job;

/** What a job does. */
public enum JobType {
    /** Moves hot rows of a table to segments. */
    FLUSH("FL"),
    /** Merges segments of a table. */
    COMPACT("CO");

    private final String prefix;

    JobType(String prefix) {
        this.prefix = prefix;
    }

    /** What ids of such jobs begin with. */
    String prefix() {
        return prefix;
    }
}
