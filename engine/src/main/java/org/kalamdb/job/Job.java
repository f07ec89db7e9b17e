// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.job;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stands. Immutable.
 *
 * @param id unique while the database is open
 * @param result what it has done, in words, or null before it is completed
 * @param startedAt when it was started
 * @param endedAt when it was completed or failed, or null before
 * @param error why it failed, or null
 */
public record Job(
        String id,
        JobType type,
        JobSubject subject,
        JobStatus status,
        @Nullable String result,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String error) {
    public Job {
        requireNonNull(id, "id is null");
        requireNonNull(subject, "subject is null");
    }

    static Job started(String id, JobType type, JobSubject subject, Instant now) {
        return new Job(id, type, subject, JobStatus.RUNNING, null, now, null, null);
    }

    Job completed(String done, Instant now) {
        return new Job(id, type, subject, JobStatus.COMPLETED, done, startedAt, now, null);
    }

    Job failed(String reason, Instant now) {
        return new Job(id, type, subject, JobStatus.FAILED, null, startedAt, now, reason);
    }
}
