// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.database;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.planning.StatementPlanner;
import org.kalamdb.exec.resource.Resources;
import org.kalamdb.exec.scan.SystemTableRows;
import org.kalamdb.schema.TableId;
import org.kalamdb.storage.RocksStorage;
import org.kalamdb.storage.cold.ColumnCache;
import org.kalamdb.store.CacheStatistics;
import org.kalamdb.store.Catalog;
import org.kalamdb.system.SystemTables;

/** The rows of {@code system.stats}. Safe for use by several threads. */
final class EngineStatistics implements SystemTableRows.Measurements {
    private final Catalog catalog;
    private final RocksStorage storage;
    private final Resources resources;
    private final StatementPlanner planner;
    private final Instant openedAt;

    EngineStatistics(
            Catalog catalog, RocksStorage storage, Resources resources, StatementPlanner planner, Instant openedAt) {
        this.catalog = catalog;
        this.storage = storage;
        this.resources = resources;
        this.planner = planner;
        this.openedAt = openedAt;
    }

    @Override
    public Stream<@Nullable Object[]> rows(TableId table) {
        if (!table.equals(SystemTables.STATS.id())) {
            return Stream.empty();
        }
        return metrics().entrySet().stream().map(metric -> new @Nullable Object[] {metric.getKey(), metric.getValue()});
    }

    private Map<String, String> metrics() {
        Map<String, String> metrics = new TreeMap<>();
        CacheStatistics cache = catalog.cacheStatistics();
        metrics.put("schema_cache_hits", Long.toString(cache.hits()));
        metrics.put("schema_cache_misses", Long.toString(cache.misses()));
        metrics.put("schema_cache_evictions", Long.toString(cache.evictions()));
        metrics.put("schema_cache_size", Long.toString(cache.size()));
        metrics.put("schema_cache_hit_rate", rate(cache.hitRate()));
        planner.metrics().forEach((name, value) -> metrics.put(name, Long.toString(value)));
        metrics.put("segments_read", Long.toString(storage.segmentStatistics().read()));
        metrics.put(
                "segments_skipped", Long.toString(storage.segmentStatistics().skipped()));
        metrics.put(
                "segment_pages_read", Long.toString(storage.segmentStatistics().pagesRead()));
        metrics.put(
                "segment_pages_skipped",
                Long.toString(storage.segmentStatistics().pagesSkipped()));
        ColumnCache columns = storage.columnCache();
        metrics.put("column_cache_hits", Long.toString(columns.hits()));
        metrics.put("column_cache_misses", Long.toString(columns.misses()));
        metrics.put("column_cache_bytes", Long.toString(columns.sizeInBytes()));
        metrics.put("query_memory_bytes", Long.toString(resources.memory().heldBytes()));
        metrics.put("spilled_bytes", Long.toString(resources.spill().spilledBytes()));
        metrics.put("spilled_files", Long.toString(resources.spill().spilledFiles()));
        metrics.put("open_snapshots", Integer.toString(storage.openSnapshotCount()));
        metrics.put(
                "server_uptime_seconds",
                Long.toString(Duration.between(openedAt, Instant.now()).toSeconds()));
        Runtime runtime = Runtime.getRuntime();
        metrics.put("memory_usage_bytes", Long.toString(runtime.totalMemory() - runtime.freeMemory()));
        metrics.put("total_namespaces", Integer.toString(catalog.namespaces().size()));
        try (Stream<TableId> ids =
                catalog.namespaces().stream().flatMap(namespace -> catalog.tableIds(namespace.name()))) {
            metrics.put("total_tables", Long.toString(ids.count()));
        }
        return metrics;
    }

    private static String rate(double rate) {
        return String.format(Locale.ROOT, "%.6f", rate);
    }
}
