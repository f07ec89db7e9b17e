// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.job;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.storage.DeletedRows;
import org.kalamdb.storage.MovedRows;
import org.kalamdb.storage.SegmentMaintenance;
import org.kalamdb.storage.StreamEviction;
import org.kalamdb.store.Catalog;

/** Jobs on the stored rows of tables. Safe for use by several threads. */
public final class StorageJobs {
    /** How often a job is begun again because its table was altered meanwhile, or others were in its way. */
    private static final int MAX_ATTEMPTS = 10;

    private final Catalog catalog;
    private final SegmentMaintenance segments;
    private final DeletedRows deletedRows;
    private final StreamEviction streams;
    private final Jobs jobs;

    /** @param jobs where the jobs are remembered */
    public StorageJobs(
            Catalog catalog, SegmentMaintenance segments, DeletedRows deletedRows, StreamEviction streams, Jobs jobs) {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.segments = requireNonNull(segments, "segments is null");
        this.deletedRows = requireNonNull(deletedRows, "deletedRows is null");
        this.streams = requireNonNull(streams, "streams is null");
        this.jobs = requireNonNull(jobs, "jobs is null");
    }

    /**
     * Moves the hot rows of a table to segments.
     *
     * @param check called now and then; what it throws ends the job
     * @throws KalamException if that fails, as the job then says too
     */
    public FinishedJob<MovedRows> flush(TableId table, Runnable check) {
        return move(JobType.FLUSH, table, definition -> segments.flush(definition, check));
    }

    /**
     * Merges segments of a table.
     *
     * @param check called now and then; what it throws ends the job
     * @throws KalamException if that fails, as the job then says too
     */
    public FinishedJob<MovedRows> compact(TableId table, Runnable check) {
        return move(JobType.COMPACT, table, definition -> segments.compact(definition, check));
    }

    /** Removes deleted rows that have been kept long enough, if there are any. @throws KalamException if that fails */
    public void purgeIfDue(TableDefinition table) {
        if (deletedRows.hasOverdue(table)) {
            remove(JobType.RETENTION, table.id(), deletedRows::purge);
        }
    }

    /** Removes rows of a STREAM table that are to go, if there are any. @throws KalamException if that fails */
    public void evictIfDue(TableDefinition table) {
        if (streams.isDue(table)) {
            remove(JobType.STREAM_EVICTION, table.id(), streams::evict);
        }
    }

    private void remove(JobType type, TableId table, Function<TableDefinition, Long> work) {
        run(type, table, work, 0L, rows -> rows + " rows removed");
    }

    private FinishedJob<MovedRows> move(JobType type, TableId table, Function<TableDefinition, MovedRows> work) {
        return run(type, table, work, MovedRows.NONE, StorageJobs::describe);
    }

    /** @param none what is done if the table is gone */
    private <T> FinishedJob<T> run(
            JobType type, TableId table, Function<TableDefinition, T> work, T none, Function<T, String> description) {
        catalog.requireTable(table);
        return jobs.run(type, JobSubject.of(table), () -> retrying(table, work, none), description);
    }

    private static String describe(MovedRows moved) {
        return moved.rows() + " rows in " + moved.segments() + " segments, " + moved.replacedSegments() + " replaced";
    }

    private <T> T retrying(TableId id, Function<TableDefinition, T> work, T none) {
        for (int attempt = 1; ; attempt++) {
            Optional<TableDefinition> table = catalog.findTable(id);
            if (table.isEmpty()) {
                return none;
            }
            try {
                return work.apply(table.get());
            } catch (KalamException e) {
                boolean conflict = e.code() == ErrorCode.SERIALIZATION_FAILURE || e.code() == ErrorCode.WRITE_CONFLICT;
                if (!conflict || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
