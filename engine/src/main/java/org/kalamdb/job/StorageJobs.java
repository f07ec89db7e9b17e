// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.job;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.storage.MovedRows;
import org.kalamdb.storage.SegmentMaintenance;
import org.kalamdb.store.Catalog;

/** Runs jobs on the tables of a database, in the caller's thread, and remembers them. Safe for use by several threads. */
public final class StorageJobs {
    /** How often a job is begun again because its table was altered meanwhile. */
    private static final int MAX_ATTEMPTS = 10;

    private final Catalog catalog;
    private final SegmentMaintenance segments;
    private final InstantSource clock;
    private final JobLog log = new JobLog();

    public StorageJobs(Catalog catalog, SegmentMaintenance segments, InstantSource clock) {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.segments = requireNonNull(segments, "segments is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Moves the hot rows of a table to segments. @throws KalamException if that fails, as the job then says too */
    public Job flush(TableId table) {
        return run(JobType.FLUSH, table, segments::flush);
    }

    /** Merges segments of a table. @throws KalamException if that fails, as the job then says too */
    public Job compact(TableId table) {
        return run(JobType.COMPACT, table, segments::compact);
    }

    /** The last jobs, the oldest first. */
    public List<Job> jobs() {
        return log.jobs();
    }

    private Job run(JobType type, TableId table, Function<TableDefinition, MovedRows> work) {
        catalog.requireTable(table);
        Job job = Job.started(log.newId(type), type, table, clock.instant());
        log.put(job);
        try {
            job = job.completed(retrying(table, work), clock.instant());
            return job;
        } catch (RuntimeException | Error e) {
            job = job.failed(String.valueOf(e.getMessage()), clock.instant());
            throw e;
        } finally {
            log.put(job);
        }
    }

    private MovedRows retrying(TableId id, Function<TableDefinition, MovedRows> work) {
        for (int attempt = 1; ; attempt++) {
            Optional<TableDefinition> table = catalog.findTable(id);
            if (table.isEmpty()) {
                return MovedRows.NONE;
            }
            try {
                return work.apply(table.get());
            } catch (KalamException e) {
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
