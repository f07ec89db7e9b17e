// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.job;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs jobs in the caller's thread and remembers them. Safe for use by several threads. */
public final class Jobs {
    private final InstantSource clock;
    private final JobLog log = new JobLog();

    public Jobs(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Runs a job to its end.
     *
     * @param description what the job has done, in words
     * @throws org.kalamdb.error.KalamException if the work fails, as the job then says too
     */
    public <R> FinishedJob<R> run(JobType type, JobSubject subject, Supplier<R> work, Function<R, String> description) {
        Job job = Job.started(log.newId(type), type, subject, clock.instant());
        log.put(job);
        try {
            R result = work.get();
            job = job.completed(description.apply(result), clock.instant());
            return new FinishedJob<>(job.id(), result);
        } catch (RuntimeException | Error e) {
            job = job.failed(String.valueOf(e.getMessage()), clock.instant());
            throw e;
        } finally {
            log.put(job);
        }
    }

    /** The last jobs, the oldest first. */
    public List<Job> last() {
        return log.jobs();
    }
}
