// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kalamdb.backup.BackupSummary;
import org.kalamdb.backup.RestoreSummary;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.engine.database.OpenDatabase;
import org.kalamdb.engine.planning.CommandColumns;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.job.FinishedJob;
import org.kalamdb.job.JobSubject;
import org.kalamdb.job.JobType;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.sql.BackupCommand;

/** Runs BACKUP and RESTORE, which answer one row. Safe for use by several threads. */
public final class BackupCommands {
    private final OpenDatabase database;
    private final Runnable cancellation;

    /** @param cancellation throws if the statement is to stop */
    public BackupCommands(OpenDatabase database, Runnable cancellation) {
        this.database = database;
        this.cancellation = cancellation;
    }

    public StatementResult run(BackupCommand command) {
        String namespace = command.namespace() == null ? null : ObjectNames.simple(command.namespace());
        @Nullable Object[] row;
        try {
            Path path = path(command.path());
            row = command.action() == BackupCommand.Action.BACKUP
                    ? backup(path, namespace, command.lenient())
                    : restore(path, namespace, command.lenient());
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(command.position()));
        }
        return new StatementResult.Rows(new RowsCursor(
                CommandColumns.of(command), List.<@Nullable Object[]>of(row).iterator(), () -> {}));
    }

    private static Path path(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (name.endsWith(".tar.gz") || name.endsWith(".tgz") || name.endsWith(".zip") || name.endsWith(".tar")) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Unsupported archive, a backup is a folder: name one without the ending and pack it afterwards,"
                            + " got: " + text);
        }
        if (text.isBlank()) {
            throw new KalamException(ErrorCode.INVALID_PARAMETER, "Invalid folder of a backup: it has no name");
        }
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new KalamException(
                    ErrorCode.INVALID_PARAMETER, "Invalid folder of a backup (" + e.getReason() + "), got: " + text, e);
        }
    }

    private @Nullable Object[] backup(Path path, @Nullable String namespace, boolean lenient) {
        if (namespace != null
                && lenient
                && database.catalog().findNamespace(namespace).isEmpty()) {
            return new @Nullable Object[] {null, namespace, path.toString(), 0, 0L};
        }
        FinishedJob<BackupSummary> job = database.jobs()
                .run(
                        JobType.BACKUP,
                        JobSubject.of(namespace, path),
                        () -> database.backups().backup(path, namespace, cancellation),
                        summary -> summary.tables() + " tables, " + summary.sizeInBytes() + " bytes");
        return new @Nullable Object[] {
            job.jobId(),
            namespace,
            path.toString(),
            job.result().tables(),
            job.result().sizeInBytes()
        };
    }

    private @Nullable Object[] restore(Path path, @Nullable String namespace, boolean lenient) {
        if (namespace != null && lenient && isInUse(namespace)) {
            return new @Nullable Object[] {null, namespace, path.toString(), 0, 0L};
        }
        FinishedJob<RestoreSummary> job = database.jobs()
                .run(
                        JobType.RESTORE,
                        JobSubject.of(namespace, path),
                        () -> database.backups().restore(path, namespace, cancellation),
                        summary -> summary.tables() + " tables, " + summary.rows() + " rows");
        return new @Nullable Object[] {
            job.jobId(),
            namespace,
            path.toString(),
            job.result().tables(),
            job.result().rows()
        };
    }

    private boolean isInUse(String namespace) {
        return database.catalog().findNamespace(namespace).isPresent()
                && !database.catalog().contentOf(namespace).isEmpty();
    }
}
