// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.backup;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.index.Indexes;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.storage.RocksStorage;
import org.kalamdb.storage.StorageCheckpoint;
import org.kalamdb.storage.StorageOptions;
import org.kalamdb.storage.StoreOpening;
import org.kalamdb.storage.TableCopy;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.NamespaceContent;
import org.kalamdb.transaction.SchemaGuard;

/**
 * Backs an open database up and takes namespaces over from backups, while others read and write. Safe for use by several
 * threads.
 *
 * <p>A backup is a database folder. That of a whole database is a copy of its files at one moment; that of a namespace is
 * a new database with this namespace only, and so is every backup of a database in memory.
 */
public final class Backups {
    private final DatabaseParts database;
    private final StorageOptions options;
    private final InstantSource clock;

    /** @param options of the databases that backups are, as long as they are written or read */
    public Backups(
            RocksStorage storage,
            Catalog catalog,
            SchemaGuard guard,
            Indexes indexes,
            StorageOptions options,
            InstantSource clock) {
        this.database = new DatabaseParts(storage, catalog, guard, indexes);
        this.options = requireNonNull(options, "options is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Writes everything committed to a new folder, which is there complete or not at all.
     *
     * @param target nothing or an empty folder is there
     * @param namespace what to back up, or null for all
     * @param cancellation called again and again; throws if the backup is not wanted any more
     * @throws KalamException INVALID_PARAMETER if something is at the target; NAMESPACE_NOT_FOUND; DEPENDENT_OBJECTS if a
     *     table of the namespace references one of another; IO_ERROR, DISK_FULL; DATA_CORRUPTED; QUERY_CANCELED
     */
    public BackupSummary backup(Path target, @Nullable String namespace, Runnable cancellation) {
        requireOutside(target);
        try (BackupFolder folder = BackupFolder.create(target, options.files())) {
            boolean ofFiles = namespace == null
                    && database.storage().folder() != null
                    && !database.storage().isReadOnly();
            int tables = ofFiles
                    ? copyFiles(folder.content(), cancellation)
                    : copyNamespaces(folder.content(), namespace, cancellation);
            long sizeInBytes = folder.sizeInBytes();
            folder.complete();
            return new BackupSummary(tables, sizeInBytes);
        }
    }

    /** A folder in the database's own would be taken for a part of it. */
    private void requireOutside(Path target) {
        Path own = database.storage().folder();
        if (own != null && target.toAbsolutePath().normalize().startsWith(own)) {
            throw new KalamException(
                    ErrorCode.INVALID_PARAMETER,
                    "Cannot back up to " + target + ": it is in the folder of the database; name one outside of it");
        }
    }

    private int copyFiles(Path folder, Runnable cancellation) {
        new StorageCheckpoint(database.storage(), options, cancellation).copyTo(folder);
        try (RocksStorage copy = StoreOpening.openReadOnly(folder, options)) {
            return tableCount(contents(Catalog.open(copy.catalogStore()), null));
        }
    }

    private int copyNamespaces(Path folder, @Nullable String namespace, Runnable cancellation) {
        try (RocksStorage storage = StoreOpening.open(new DatabaseLocation.Folder(folder), options)) {
            List<NamespaceContent> contents = new ArrayList<>();
            List<TableCopy> copies = new ArrayList<>(1);
            // Definitions and rows of one moment.
            database.guard().exclusively(() -> {
                contents.addAll(contents(database.catalog(), namespace));
                copies.add(new TableCopy(database.storage(), storage, database.guard(), clock, cancellation));
            });
            try (TableCopy copy = copies.get(0)) {
                new NamespaceCopy(contents, database.catalog(), DatabaseParts.of(storage, clock)).run(copy);
            }
            return tableCount(contents);
        }
    }

    /**
     * Takes namespaces over from a backup, or from the closed folder of any database. They appear at once when all of
     * them is here; if that fails, or the process dies, nothing has changed.
     *
     * @param source the folder
     * @param namespace what to take, or null for all
     * @param cancellation called again and again; throws if they are not wanted any more
     * @throws KalamException DATABASE_NOT_OPENABLE if the folder is not that of a database; NAMESPACE_NOT_FOUND if it has
     *     no such namespace; NAMESPACE_EXISTS if there is a table or view in the namespace here; DEPENDENT_OBJECTS if a
     *     table of it references one of another; IO_ERROR, DISK_FULL; DATA_CORRUPTED; QUERY_CANCELED
     */
    public RestoreSummary restore(Path source, @Nullable String namespace, Runnable cancellation) {
        try (RocksStorage backup =
                StoreOpening.openReadOnly(source.toAbsolutePath().normalize(), options)) {
            DatabaseParts parts = DatabaseParts.of(backup, clock);
            if (namespace != null && parts.catalog().findNamespace(namespace).isEmpty()) {
                throw new KalamException(
                        ErrorCode.NAMESPACE_NOT_FOUND,
                        "Namespace " + Names.quote(namespace) + " does not exist in backup " + source);
            }
            List<NamespaceContent> contents = contents(parts.catalog(), namespace);
            try (TableCopy copy = new TableCopy(backup, database.storage(), parts.guard(), clock, cancellation)) {
                return new NamespaceCopy(contents, parts.catalog(), database).run(copy);
            }
        }
    }

    private static List<NamespaceContent> contents(Catalog catalog, @Nullable String namespace) {
        if (namespace != null) {
            return List.of(catalog.contentOf(namespace));
        }
        return catalog.namespaces().stream()
                .map(NamespaceDefinition::name)
                .filter(name -> !Names.isSystemNamespace(name))
                .map(catalog::contentOf)
                .toList();
    }

    private static int tableCount(List<NamespaceContent> contents) {
        return contents.stream().mapToInt(content -> content.tables().size()).sum();
    }
}
