// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.database;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.backup.Backups;
import org.kalamdb.check.DatabaseCheck;
import org.kalamdb.ddl.CatalogLock;
import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.engine.ResourceSettings;
import org.kalamdb.engine.planning.CatalogPlannerView;
import org.kalamdb.engine.planning.StatementPlanner;
import org.kalamdb.engine.transaction.GlobalTransactions;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.resource.Resources;
import org.kalamdb.exec.scan.SystemTableRows;
import org.kalamdb.function.SnowflakeGenerator;
import org.kalamdb.index.Indexes;
import org.kalamdb.introspection.Introspection;
import org.kalamdb.job.JobScheduler;
import org.kalamdb.job.Jobs;
import org.kalamdb.job.StorageJobs;
import org.kalamdb.plan.FunctionCatalog;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.storage.DeletedRows;
import org.kalamdb.storage.IndexEntries;
import org.kalamdb.storage.RocksStorage;
import org.kalamdb.storage.SegmentMaintenance;
import org.kalamdb.storage.Sequences;
import org.kalamdb.storage.StorageOptions;
import org.kalamdb.storage.StoreOpening;
import org.kalamdb.storage.StreamEviction;
import org.kalamdb.storage.TableStore;
import org.kalamdb.store.Catalog;
import org.kalamdb.transaction.TransactionOptions;
import org.kalamdb.transaction.Transactions;

/** The parts of an open database. Safe for use by several threads. */
public final class OpenDatabase implements AutoCloseable {
    private static final int SNOWFLAKE_WORKER = 0;
    /** How often the background looks for work. */
    private static final Duration JOB_PERIOD = Duration.ofSeconds(1);

    private final RocksStorage storage;
    private final Catalog catalog;
    private final CatalogLock catalogLock;
    private final Transactions transactions;
    private final TableStore tables;
    private final Indexes indexes;
    private final Introspection introspection;
    private final StatementPlanner planner;
    private final SystemTableRows systemRows;
    private final SegmentMaintenance segments;
    private final Jobs jobs;
    private final StorageJobs storageJobs;
    private final Backups backups;
    private final DatabaseCheck check;
    /** Null if it is open for reading only. */
    private @Nullable GlobalTransactions globalTransactions;

    private @Nullable JobScheduler scheduler;
    private final SnowflakeGenerator snowflakes = new SnowflakeGenerator(SNOWFLAKE_WORKER);
    private final SequenceNumbers sequenceNumbers = new SequenceNumbers(this);
    private final Resources resources;

    private OpenDatabase(RocksStorage storage, Resources resources) {
        this.storage = storage;
        this.resources = resources;
        this.catalog = Catalog.open(storage.catalogStore());
        this.catalogLock = new CatalogLock(catalog);
        this.transactions = new Transactions(storage, catalogLock, TransactionOptions.defaults());
        this.tables = new TableStore(storage, catalogLock, Clock.systemUTC(), Indexes.maintenance());
        this.indexes = new Indexes(tables, new IndexEntries(storage));
        this.introspection = new Introspection(catalog, FunctionCatalog::routines);
        CatalogPlannerView plannerView = new CatalogPlannerView(catalog, tables);
        this.planner = new StatementPlanner(catalog, plannerView, introspection);
        this.segments = new SegmentMaintenance(storage, tables, transactions, catalogLock, Clock.systemUTC());
        this.jobs = new Jobs(Clock.systemUTC());
        this.storageJobs = new StorageJobs(
                catalog,
                segments,
                new DeletedRows(storage, catalogLock, Clock.systemUTC()),
                new StreamEviction(tables, transactions),
                jobs);
        this.check = new DatabaseCheck(storage, catalog, catalogLock, transactions, tables, indexes);
        this.backups =
                new Backups(storage, catalog, catalogLock, indexes, StorageOptions.defaults(), Clock.systemUTC());
        Instant now = Instant.now();
        this.systemRows = new SystemTableRows(
                introspection,
                new EngineTables(
                        catalog,
                        tables,
                        plannerView,
                        new EngineStatistics(catalog, storage, resources, planner, now),
                        jobs,
                        segments,
                        now));
    }

    /** @param resources what its queries share, which somebody else closes */
    static OpenDatabase open(DatabaseLocation location, Resources resources) {
        RocksStorage storage = StoreOpening.open(location, StorageOptions.defaults());
        try {
            resources.spill().removeLeft();
            OpenDatabase database = new OpenDatabase(storage, resources);
            database.finishDrops();
            database.recoverBranches();
            database.startJobs();
            return database;
        } catch (RuntimeException | Error e) {
            storage.close();
            throw e;
        }
    }

    /** Opens the database of a folder as it is at this moment, though another process may be writing to it. */
    static OpenDatabase openReadOnly(Path folder, Resources resources) {
        RocksStorage storage = StoreOpening.openReadOnly(folder, StorageOptions.defaults());
        try {
            return new OpenDatabase(storage, resources);
        } catch (RuntimeException | Error e) {
            storage.close();
            throw e;
        }
    }

    /** The last write that it shows. */
    long lastWrite() {
        return storage.lastSequence();
    }

    /** Removes a table that is still defined, whatever its name is by now. */
    private void dropIfUnfilled(long objectId) {
        List<TableId> unfilled;
        try (Stream<TableDefinition> tables = catalog.tables()) {
            unfilled = tables.filter(table -> table.objectId() == objectId)
                    .map(TableDefinition::id)
                    .toList();
        }
        unfilled.forEach(catalog::dropTable);
    }

    /** Removes the rows of tables and the entries of indexes that were dropped, or not complete, when the database went down. */
    private void finishDrops() {
        List<TableDefinition> dropped;
        try (Stream<TableDefinition> unfinished = catalog.droppedTables()) {
            dropped = unfinished.toList();
        }
        for (TableDefinition table : dropped) {
            dropIfUnfilled(table.objectId());
            indexes.removeTable(table);
            catalog.forgetDroppedTable(table.objectId());
        }
        List<Long> unusedIndexes;
        try (Stream<Long> unfinished = catalog.unusedIndexes()) {
            unusedIndexes = unfinished.toList();
        }
        for (long indexId : unusedIndexes) {
            indexes.remove(indexId);
            catalog.forgetUnusedIndex(indexId);
        }
    }

    /** Holds again what prepared transactions held when the database was closed, or went down. */
    private void recoverBranches() {
        Map<Long, TableDefinition> byObjectId = new HashMap<>();
        globalTransactions = new GlobalTransactions(transactions.recoverPrepared(objectId -> {
            if (byObjectId.isEmpty()) {
                try (Stream<TableDefinition> all = catalog.tables()) {
                    all.forEach(table -> byObjectId.put(table.objectId(), table));
                }
            }
            return byObjectId.get(objectId);
        }));
    }

    private void startJobs() {
        scheduler = JobScheduler.start(catalog, tables, segments, storageJobs, JOB_PERIOD);
    }

    /** @throws KalamException NOT_SUPPORTED if it is open for reading only */
    public GlobalTransactions globalTransactions() {
        GlobalTransactions all = globalTransactions;
        if (all == null) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot take part in global transactions: the database is open for reading only; open it for writing");
        }
        return all;
    }

    public Catalog catalog() {
        return catalog;
    }

    public CatalogLock catalogLock() {
        return catalogLock;
    }

    public Transactions transactions() {
        return transactions;
    }

    public TableStore tables() {
        return tables;
    }

    /** Waits until everything committed so far is on the device. */
    public void syncLog() {
        storage.syncLog();
    }

    public Indexes indexes() {
        return indexes;
    }

    public Sequences sequences() {
        return storage.sequences();
    }

    /** The numbers of the sequences that users have made. */
    public SequenceNumbers sequenceNumbers() {
        return sequenceNumbers;
    }

    public Introspection introspection() {
        return introspection;
    }

    public StatementPlanner planner() {
        return planner;
    }

    public SystemTableRows systemRows() {
        return systemRows;
    }

    public SnowflakeGenerator snowflakes() {
        return snowflakes;
    }

    public SegmentMaintenance segments() {
        return segments;
    }

    public Jobs jobs() {
        return jobs;
    }

    public StorageJobs storageJobs() {
        return storageJobs;
    }

    public DatabaseCheck check() {
        return check;
    }

    public Backups backups() {
        return backups;
    }

    /** Gives queries and decoded columns what a session asks for. */
    public void apply(ResourceSettings settings) {
        if (settings.memoryLimitBytes() != null) {
            resources.memory().setLimitBytes(settings.memoryLimitBytes());
        }
        if (settings.threads() != null) {
            resources.workers().setThreads(settings.threads());
        }
        applyToColumns(settings);
    }

    /** Gives decoded columns what a session asks for. */
    public void applyToColumns(ResourceSettings settings) {
        if (settings.columnCacheBytes() != null) {
            storage.columnCache().setMaxBytes(settings.columnCacheBytes());
        }
    }

    /** What its queries share. */
    public Resources resources() {
        return resources;
    }

    @Override
    public void close() {
        JobScheduler running = scheduler;
        if (running != null) {
            running.close();
        }
        GlobalTransactions all = globalTransactions;
        if (all != null) {
            all.close();
        }
        storage.close();
    }
}
