// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableId;
import org.kalamdb.storage.MovedRows;

/**
 * A job as it stands. Immutable.
 *
 * @param id unique while the database is open
 * @param moved what it has done, or null before it is completed
 * @param startedAt when it was started
 * @param endedAt when it was completed or failed, or null before
 * @param error why it failed, or null
 */
public record Job(
        String id,
        JobType type,
        TableId table,
        JobStatus status,
        @Nullable MovedRows moved,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String error) {
    static Job started(String id, JobType type, TableId table, Instant now) {
        return new Job(id, type, table, JobStatus.RUNNING, null, now, null, null);
    }

    Job completed(MovedRows result, Instant now) {
        return new Job(id, type, table, JobStatus.COMPLETED, result, startedAt, now, null);
    }

    Job failed(String reason, Instant now) {
        return new Job(id, type, table, JobStatus.FAILED, null, startedAt, now, reason);
    }
}
