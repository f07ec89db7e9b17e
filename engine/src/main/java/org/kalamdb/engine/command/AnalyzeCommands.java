// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.command;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.kalamdb.engine.database.OpenDatabase;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.job.JobSubject;
import org.kalamdb.job.JobType;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.TableAnalysis;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;
import org.kalamdb.sql.AnalyzeCommand;
import org.kalamdb.transaction.ReadView;
import org.kalamdb.transaction.Transaction;

/** Runs ANALYZE for one session. Confined to one thread. */
public final class AnalyzeCommands {
    private static final int NANOS_PER_MICRO = 1_000;

    private final OpenDatabase database;
    private final Runnable cancellation;

    /** @param cancellation throws if the statement is to stop */
    public AnalyzeCommands(OpenDatabase database, Runnable cancellation) {
        this.database = database;
        this.cancellation = cancellation;
    }

    /** Tables are analyzed one by one: what was found of one stays when another one fails. */
    public void run(AnalyzeCommand command, String namespace) {
        try {
            for (TableDefinition table : tables(command, namespace)) {
                database.jobs()
                        .run(
                                JobType.ANALYZE,
                                JobSubject.of(table.id()),
                                () -> analyze(table),
                                found -> found.rowCount() + " rows");
            }
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(command.position()));
        } finally {
            database.planner().forgetPlans();
        }
    }

    private TableAnalysis analyze(TableDefinition table) {
        Instant now = Instant.now();
        long micros = TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / NANOS_PER_MICRO;
        try (Transaction transaction = database.transactions().begin();
                ReadView view = transaction.startStatement()) {
            TableAnalysis found = new TableAnalyzer(table).analyze(database.tables(), view, cancellation, micros);
            database.catalog().analyzed(found);
            return found;
        }
    }

    private List<TableDefinition> tables(AnalyzeCommand command, String namespace) {
        if (command.table() == null) {
            try (Stream<TableDefinition> tables = database.catalog().tables()) {
                return tables.toList();
            }
        }
        TableId id = ObjectNames.tableId(command.table(), namespace);
        TableDefinition table = database.catalog().requireTable(id);
        if (table.type() == TableType.SYSTEM) {
            throw new KalamException(
                    ErrorCode.PERMISSION_DENIED, "Cannot analyze table " + id + ": SYSTEM tables are the engine's own");
        }
        return List.of(table);
    }
}
