// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.engine.StatementKind;

/**
 * One parsed SQL statement. Names are as they were written, unquoted ones in lower case; nothing has been looked up.
 * Immutable, except for the {@code SqlNode}s inside, which belong to whoever plans the statement.
 */
public sealed interface Statement
        permits Query,
                Explain,
                Modification,
                CopyTo,
                Definition,
                Inspection,
                TransactionControl,
                SessionControl,
                StorageCommand,
                BackupCommand,
                CheckCommand,
                AnalyzeCommand {
    /** Where in the text it stands. */
    SqlParserPos position();

    /** What it does. */
    StatementKind kind();
}
