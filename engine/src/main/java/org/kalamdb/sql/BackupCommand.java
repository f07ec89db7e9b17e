// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.StatementKind;

/**
 * BACKUP DATABASE | NAMESPACE [IF EXISTS] [namespace] TO 'folder', and RESTORE DATABASE | NAMESPACE [IF NOT EXISTS]
 * [namespace] FROM 'folder'. Immutable.
 *
 * @param position where it stands
 * @param action what to do
 * @param namespace a simple name, or null for the whole database
 * @param lenient whether to do nothing if the namespace does not exist (BACKUP) or exists (RESTORE)
 * @param path the folder
 */
public record BackupCommand(
        SqlParserPos position, Action action, @Nullable SqlIdentifier namespace, boolean lenient, String path)
        implements Statement {
    /** What is done with the folder. */
    public enum Action {
        /** Write it. */
        BACKUP,
        /** Read it. */
        RESTORE
    }

    @Override
    public StatementKind kind() {
        return StatementKind.QUERY;
    }
}
