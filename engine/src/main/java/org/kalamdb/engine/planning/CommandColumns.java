// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.planning;

import java.util.List;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.sql.BackupCommand;
import org.kalamdb.type.KalamDataType;

/** The columns that commands answer, which are known before they run. */
public final class CommandColumns {
    /** Of CHECK, one row for each finding. */
    public static final List<ResultColumn> OF_CHECK = List.of(
            column("namespace_id", KalamDataType.TEXT, true),
            column("table_name", KalamDataType.TEXT, true),
            column("object", KalamDataType.TEXT, false),
            column("severity", KalamDataType.TEXT, false),
            column("finding", KalamDataType.TEXT, false));

    /** Of STORAGE, one row for each table. */
    public static final List<ResultColumn> OF_STORAGE = List.of(
            column("job_id", KalamDataType.TEXT, false),
            column("namespace_id", KalamDataType.TEXT, false),
            column("table_name", KalamDataType.TEXT, false),
            column("rows", KalamDataType.BIGINT, false),
            column("segments", KalamDataType.INT, false),
            column("replaced_segments", KalamDataType.INT, false));

    private static final List<ResultColumn> BACKUP_COLUMNS = List.of(
            column("job_id", KalamDataType.TEXT, true),
            column("namespace_id", KalamDataType.TEXT, true),
            column("path", KalamDataType.TEXT, false),
            column("tables", KalamDataType.INT, false),
            column("size_bytes", KalamDataType.BIGINT, false));
    private static final List<ResultColumn> RESTORE_COLUMNS = List.of(
            column("job_id", KalamDataType.TEXT, true),
            column("namespace_id", KalamDataType.TEXT, true),
            column("path", KalamDataType.TEXT, false),
            column("tables", KalamDataType.INT, false),
            column("rows", KalamDataType.BIGINT, false));

    private CommandColumns() {}

    /** Of BACKUP or RESTORE, one row. */
    public static List<ResultColumn> of(BackupCommand command) {
        return command.action() == BackupCommand.Action.BACKUP ? BACKUP_COLUMNS : RESTORE_COLUMNS;
    }

    private static ResultColumn column(String name, KalamDataType type, boolean nullable) {
        return new ResultColumn(name, type, nullable, null, null);
    }
}
