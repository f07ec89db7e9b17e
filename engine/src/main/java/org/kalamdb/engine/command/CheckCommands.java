// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.command;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.check.Finding;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.engine.database.OpenDatabase;
import org.kalamdb.engine.planning.CommandColumns;
import org.kalamdb.error.KalamException;
import org.kalamdb.job.FinishedJob;
import org.kalamdb.job.JobSubject;
import org.kalamdb.job.JobType;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.TableId;
import org.kalamdb.sql.CheckCommand;
import org.kalamdb.storage.Fault;

/** Runs CHECK, which answers one row for each finding. Safe for use by several threads. */
public final class CheckCommands {
    private final OpenDatabase database;
    private final Runnable cancellation;

    /** @param cancellation throws if the statement is to stop */
    public CheckCommands(OpenDatabase database, Runnable cancellation) {
        this.database = database;
        this.cancellation = cancellation;
    }

    public StatementResult run(CheckCommand command, String currentNamespace) {
        try {
            List<Finding> findings = findings(command, currentNamespace).result();
            return new StatementResult.Rows(new RowsCursor(
                    CommandColumns.OF_CHECK,
                    findings.stream().map(CheckCommands::row).iterator(),
                    () -> {}));
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(command.position()));
        }
    }

    private FinishedJob<List<Finding>> findings(CheckCommand command, String currentNamespace) {
        if (command.table() != null) {
            TableId table = database.catalog()
                    .requireTable(ObjectNames.tableId(command.table(), currentNamespace))
                    .id();
            return run(JobSubject.of(table), () -> database.check().run(table::equals, cancellation));
        }
        if (command.namespace() != null) {
            String namespace = database.catalog()
                    .requireNamespace(ObjectNames.simple(command.namespace()))
                    .name();
            return run(
                    new JobSubject(namespace, null, null),
                    () -> database.check().run(table -> table.namespace().equals(namespace), cancellation));
        }
        return run(
                new JobSubject(JobSubject.ALL_NAMESPACES, null, null),
                () -> database.check().run(cancellation));
    }

    private FinishedJob<List<Finding>> run(JobSubject subject, Supplier<List<Finding>> work) {
        return database.jobs().run(JobType.CHECK, subject, work, CheckCommands::describe);
    }

    private static String describe(List<Finding> findings) {
        long errors = findings.stream()
                .filter(finding -> finding.fault().severity() == Fault.Severity.ERROR)
                .count();
        return errors + " errors, " + (findings.size() - errors) + " warnings";
    }

    private static @Nullable Object[] row(Finding finding) {
        TableId table = finding.table();
        Fault fault = finding.fault();
        return new @Nullable Object[] {
            table == null ? null : table.namespace(),
            table == null ? null : table.name(),
            fault.object(),
            fault.severity().name().toLowerCase(Locale.ROOT),
            fault.message()
        };
    }
}
