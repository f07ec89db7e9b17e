// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.check;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.kalamdb.dml.ExistingReferences;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.index.Indexes;
import org.kalamdb.schema.Constraint.ForeignKey;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.storage.Fault;
import org.kalamdb.storage.RocksStorage;
import org.kalamdb.storage.StoreCheck;
import org.kalamdb.storage.TableCheck;
import org.kalamdb.storage.TableStore;
import org.kalamdb.store.Catalog;
import org.kalamdb.transaction.ReadView;
import org.kalamdb.transaction.SchemaGuard;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.transaction.Transactions;

/**
 * Reads a database as it is at one moment, while others go on, and tells what is wrong: files and their checksums, rows
 * that cannot be decoded, keys that are there twice, NULL where it is not allowed, indexes and foreign keys that do not
 * agree with rows, rows that belong to nobody. Nothing is changed. Safe for use by several threads.
 */
public final class DatabaseCheck {
    private final RocksStorage storage;
    private final Catalog catalog;
    private final SchemaGuard guard;
    private final Transactions transactions;
    private final TableStore tables;
    private final Indexes indexes;

    public DatabaseCheck(
            RocksStorage storage,
            Catalog catalog,
            SchemaGuard guard,
            Transactions transactions,
            TableStore tables,
            Indexes indexes) {
        this.storage = requireNonNull(storage, "storage is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.tables = requireNonNull(tables, "tables is null");
        this.indexes = requireNonNull(indexes, "indexes is null");
    }

    /**
     * Checks everything.
     *
     * @param cancellation called again and again; throws if the check is not wanted any more
     * @return what was found; nothing if all is well
     */
    public List<Finding> run(Runnable cancellation) {
        List<Finding> findings = new ArrayList<>();
        Consumer<Fault> listener = fault -> findings.add(new Finding(null, fault));
        StoreCheck store = new StoreCheck(storage, cancellation, listener);
        store.checkFiles();
        try (Moment moment = new Moment()) {
            store.checkOwners(moment.view().snapshot(), moment.objectIds(), moment.indexIds());
            checkTables(moment, table -> true, cancellation, findings);
        }
        return findings;
    }

    /**
     * Checks some tables.
     *
     * @param wanted whether to check the table of a name
     * @param cancellation called again and again; throws if the check is not wanted any more
     * @return what was found; nothing if all is well
     */
    public List<Finding> run(Predicate<TableId> wanted, Runnable cancellation) {
        List<Finding> findings = new ArrayList<>();
        try (Moment moment = new Moment()) {
            checkTables(moment, wanted, cancellation, findings);
        }
        return findings;
    }

    private void checkTables(Moment moment, Predicate<TableId> wanted, Runnable cancellation, List<Finding> findings) {
        for (TableDefinition table : moment.tables().values()) {
            if (!wanted.test(table.id())) {
                continue;
            }
            Consumer<Fault> listener = fault -> findings.add(new Finding(table.id(), fault));
            boolean isReadable =
                    new TableCheck(storage, guard, moment.view().snapshot(), table, cancellation, listener).run();
            for (IndexDefinition index : table.indexes()) {
                cancellation.run();
                checkIndex(moment, table, index, isReadable, listener);
            }
            for (ForeignKey key : table.constraints(ForeignKey.class)) {
                cancellation.run();
                checkForeignKey(moment, table, key, isReadable, listener);
            }
        }
    }

    private void checkIndex(
            Moment moment, TableDefinition table, IndexDefinition index, boolean isReadable, Consumer<Fault> listener) {
        String object = "index " + index.name();
        if (!isReadable) {
            listener.accept(Fault.warning(object, "it was not compared with the table, which cannot be read"));
            return;
        }
        tolerating(object, listener, () -> {
            for (String problem :
                    indexes.check(moment.transaction(), table, index).problems()) {
                listener.accept(Fault.error(object, problem));
            }
        });
    }

    private void checkForeignKey(
            Moment moment, TableDefinition table, ForeignKey key, boolean isReadable, Consumer<Fault> listener) {
        String object = "foreign key " + key.name();
        TableDefinition referenced = moment.tables().get(key.referencedTable());
        if (referenced == null) {
            listener.accept(Fault.error(object, "it references " + key.referencedTable() + ", which does not exist"));
        } else if (!isReadable) {
            listener.accept(Fault.warning(object, "it was not checked, since the table cannot be read"));
        } else {
            tolerating(
                    object,
                    listener,
                    () -> ExistingReferences.firstMissing(tables, indexes, moment.view(), table, key, referenced)
                            .ifPresent(missing -> listener.accept(
                                    Fault.error(object, missing + " is not present in table " + referenced.id()))));
        }
    }

    /** Tells of damage that a part of the check meets, so that the other parts are done too. */
    private static void tolerating(String object, Consumer<Fault> listener, Runnable part) {
        try {
            part.run();
        } catch (KalamException e) {
            if (e.code() != ErrorCode.DATA_CORRUPTED && e.code() != ErrorCode.IO_ERROR) {
                throw e;
            }
            listener.accept(Fault.error(object, e.rawMessage()));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            listener.accept(Fault.error(object, "it cannot be read: " + e));
        }
    }

    /** Definitions and rows of one moment. Must be closed. */
    private final class Moment implements AutoCloseable {
        private final Transaction transaction = transactions.begin();
        private final Map<TableId, TableDefinition> definitions = new HashMap<>();
        private final Set<Long> objectIds = new HashSet<>();
        private final Set<Long> indexIds = new HashSet<>();

        Moment() {
            guard.exclusively(this::read);
        }

        private void read() {
            try (Stream<TableDefinition> all = catalog.tables();
                    Stream<TableDefinition> unfinished = catalog.droppedTables();
                    Stream<Long> unused = catalog.unusedIndexes()) {
                unfinished.forEach(this::know);
                unused.forEach(indexIds::add);
                all.forEach(table -> {
                    if (!objectIds.contains(table.objectId())) {
                        definitions.put(table.id(), table);
                    }
                    know(table);
                });
            }
            // From here on the view has its snapshot.
            view().snapshot();
        }

        private void know(TableDefinition table) {
            objectIds.add(table.objectId());
            table.indexes().forEach(index -> indexIds.add(index.indexId()));
        }

        Transaction transaction() {
            return transaction;
        }

        ReadView view() {
            return transaction.view();
        }

        Map<TableId, TableDefinition> tables() {
            return definitions;
        }

        Set<Long> objectIds() {
            return objectIds;
        }

        Set<Long> indexIds() {
            return indexIds;
        }

        @Override
        public void close() {
            transaction.close();
        }
    }
}
