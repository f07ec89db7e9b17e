// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.engine.database.OpenDatabase;
import org.kalamdb.engine.planning.CommandColumns;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.job.FinishedJob;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;
import org.kalamdb.sql.StorageCommand;
import org.kalamdb.storage.MovedRows;

/** Runs STORAGE FLUSH and STORAGE COMPACT and answers one row for each table. Safe for use by several threads. */
public final class StorageCommands {
    private final OpenDatabase database;
    private final Runnable check;

    /** @param check called now and then, to throw if the statement is to stop */
    public StorageCommands(OpenDatabase database, Runnable check) {
        this.database = database;
        this.check = check;
    }

    public StatementResult run(StorageCommand command, String namespace) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        try {
            for (TableId table : tables(command, namespace)) {
                rows.add(row(
                        table,
                        command.action() == StorageCommand.Action.FLUSH
                                ? database.storageJobs().flush(table, check)
                                : database.storageJobs().compact(table, check)));
            }
            // A log that could not be written is found out here, where no rows had to be moved.
            database.syncLog();
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(command.position()));
        }
        return new StatementResult.Rows(new RowsCursor(CommandColumns.OF_STORAGE, rows.iterator(), () -> {}));
    }

    private static @Nullable Object[] row(TableId table, FinishedJob<MovedRows> job) {
        MovedRows moved = job.result();
        return new @Nullable Object[] {
            job.jobId(), table.namespace(), table.name(), moved.rows(), moved.segments(), moved.replacedSegments()
        };
    }

    private List<TableId> tables(StorageCommand command, String namespace) {
        if (!database.segments().isAvailable()) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot move rows to segments: a database in memory has no cold tier; open a database in a folder");
        }
        if (command.table() != null) {
            TableId id = ObjectNames.tableId(command.table(), namespace);
            TableDefinition table = database.catalog().requireTable(id);
            requireTiers(table);
            return List.of(id);
        }
        if (command.namespace() != null) {
            String name = ObjectNames.simple(command.namespace());
            database.catalog().requireNamespace(name);
            try (Stream<TableDefinition> tables = database.catalog().tables(name)) {
                return tables.filter(StorageCommands::hasTiers)
                        .map(TableDefinition::id)
                        .toList();
            }
        }
        try (Stream<TableDefinition> tables = database.catalog().tables()) {
            return tables.filter(StorageCommands::hasTiers)
                    .map(TableDefinition::id)
                    .toList();
        }
    }

    private static boolean hasTiers(TableDefinition table) {
        return table.type() == TableType.SHARED || table.type() == TableType.USER;
    }

    private static void requireTiers(TableDefinition table) {
        if (!hasTiers(table)) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot move rows of table " + table.id() + ": " + table.type() + " tables have no segments");
        }
    }
}
