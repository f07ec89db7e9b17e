// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.database;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.scan.SystemTableRows;
import org.kalamdb.job.Job;
import org.kalamdb.job.JobSubject;
import org.kalamdb.job.Jobs;
import org.kalamdb.plan.PlannerCatalog;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.ColumnStatistics;
import org.kalamdb.schema.TableAnalysis;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableStatistics;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.SegmentInfo;
import org.kalamdb.storage.SegmentMaintenance;
import org.kalamdb.storage.TableStore;
import org.kalamdb.storage.cold.SegmentEntry;
import org.kalamdb.store.Catalog;
import org.kalamdb.system.SystemTables;

/** The rows of the system tables that the catalog does not know. Safe for use by several threads. */
final class EngineTables implements SystemTableRows.Measurements {
    /** The one process that has the database open. */
    private static final String NODE = "local";

    private static final int NANOS_PER_MICRO = 1_000;

    private final Catalog catalog;
    private final TableStore tables;
    private final PlannerCatalog plannerView;
    private final EngineStatistics statistics;
    private final Jobs jobs;
    private final SegmentMaintenance segments;
    private final Instant openedAt;

    EngineTables(
            Catalog catalog,
            TableStore tables,
            PlannerCatalog plannerView,
            EngineStatistics statistics,
            Jobs jobs,
            SegmentMaintenance segments,
            Instant openedAt) {
        this.catalog = catalog;
        this.tables = tables;
        this.plannerView = plannerView;
        this.statistics = statistics;
        this.jobs = jobs;
        this.segments = segments;
        this.openedAt = openedAt;
    }

    @Override
    public Stream<@Nullable Object[]> rows(TableId table) {
        if (table.equals(SystemTables.JOBS.id())) {
            return jobs.last().stream().map(EngineTables::row);
        }
        if (table.equals(SystemTables.MANIFEST.id())) {
            return catalog.tables()
                    .flatMap(
                            definition -> segments.segments(definition).stream().map(info -> row(definition, info)));
        }
        if (table.equals(SystemTables.TABLE_STATISTICS.id())) {
            return catalog.tables()
                    .filter(definition -> definition.type() != TableType.SYSTEM)
                    .map(this::statistics);
        }
        if (table.equals(SystemTables.COLUMN_STATISTICS.id())) {
            return catalog.tables()
                    .filter(definition -> definition.type() != TableType.SYSTEM)
                    .flatMap(definition -> columnStatistics(definition).stream());
        }
        if (table.equals(SystemTables.STORAGES.id())) {
            return storages().stream();
        }
        return statistics.rows(table);
    }

    private @Nullable Object[] statistics(TableDefinition table) {
        return new @Nullable Object[] {
            table.id().namespace(),
            table.id().name(),
            tables.rowCount(table),
            table.type() == TableType.STREAM ? tables.byteCount(table) : null
        };
    }

    /** Values of rows that belong to users are nobody else's business. */
    private List<@Nullable Object[]> columnStatistics(TableDefinition table) {
        TableStatistics known = plannerView.statistics(table);
        TableAnalysis analysis = catalog.findAnalysis(table.objectId()).orElse(null);
        boolean showsValues = table.type() == TableType.SHARED;
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            ColumnStatistics statistics = known.column(i);
            TableAnalysis.ColumnAnalysis found = analysis == null
                    ? null
                    : analysis.findColumn(column.columnId()).orElse(null);
            boolean isKnown = found != null || !statistics.equals(ColumnStatistics.UNKNOWN);
            rows.add(new @Nullable Object[] {
                table.id().namespace(),
                table.id().name(),
                column.name(),
                Double.isNaN(statistics.distinctCount()) ? null : Math.round(statistics.distinctCount()),
                isKnown ? statistics.nullFraction() : null,
                found == null || !showsValues ? null : found.min(),
                found == null || !showsValues ? null : found.max(),
                found == null || analysis == null ? null : analysis.analyzedMicros(),
                found == null || !showsValues || found.bounds().isEmpty() ? null : json(found.bounds())
            });
        }
        return rows;
    }

    private static String json(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array.toString();
    }

    private static @Nullable Object[] row(Job job) {
        JobSubject subject = job.subject();
        long startedAt = micros(job.startedAt());
        return new @Nullable Object[] {
            job.id(),
            job.type().name().toLowerCase(Locale.ROOT),
            subject.namespace(),
            subject.table(),
            job.status().name().toLowerCase(Locale.ROOT),
            parameters(subject),
            job.result(),
            null,
            null,
            null,
            startedAt,
            startedAt,
            job.endedAt() == null ? null : micros(job.endedAt()),
            NODE,
            job.error()
        };
    }

    private static @Nullable String parameters(JobSubject subject) {
        return subject.path() == null
                ? null
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("path", subject.path().toString())
                        .toString();
    }

    private static @Nullable Object[] row(TableDefinition table, SegmentInfo info) {
        SegmentEntry entry = info.entry();
        return new @Nullable Object[] {
            entry.segmentId(),
            table.id().namespace(),
            table.id().name(),
            entry.user(),
            entry.file(),
            entry.summary().sizeInBytes(),
            (long) entry.summary().rowCount(),
            (long) info.maskedRows(),
            entry.schemaVersion(),
            String.format(Locale.ROOT, "%08x", entry.summary().checksum()),
            entry.createdMicros()
        };
    }

    private List<@Nullable Object[]> storages() {
        if (!segments.isAvailable()) {
            return List.of();
        }
        long now = micros(openedAt);
        @Nullable
        Object[] local = {
            "local",
            "Local files",
            "The folder of the database",
            "filesystem",
            segments.folder().toString(),
            null,
            "{namespace}/{tableId}",
            "{namespace}/{tableId}/user={userId}",
            now,
            now
        };
        return List.<@Nullable Object[]>of(local);
    }

    private static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / NANOS_PER_MICRO;
    }
}
