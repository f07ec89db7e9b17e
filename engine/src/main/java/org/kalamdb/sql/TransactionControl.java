// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.IsolationLevel;
import org.kalamdb.engine.StatementKind;

/** A statement that begins, ends or marks a transaction. Immutable. */
public sealed interface TransactionControl extends Statement {
    @Override
    default StatementKind kind() {
        return StatementKind.TRANSACTION;
    }

    /**
     * What is said about a transaction.
     *
     * @param isolationLevel null if not said
     * @param readOnly null if not said
     */
    record TransactionMode(
            @Nullable IsolationLevel isolationLevel,
            @Nullable Boolean readOnly) {
        public static final TransactionMode DEFAULT = new TransactionMode(null, null);
    }

    /** BEGIN [TRANSACTION | WORK] or START TRANSACTION, with modes. */
    record Begin(SqlParserPos position, TransactionMode mode) implements TransactionControl {}

    /** SET TRANSACTION modes. */
    record SetTransaction(SqlParserPos position, TransactionMode mode) implements TransactionControl {}

    /** SET SESSION CHARACTERISTICS AS TRANSACTION modes. */
    record SetSessionCharacteristics(SqlParserPos position, TransactionMode mode) implements TransactionControl {}

    /** COMMIT or END [TRANSACTION | WORK]. */
    record Commit(SqlParserPos position) implements TransactionControl {}

    /** ROLLBACK [TRANSACTION | WORK]. */
    record Rollback(SqlParserPos position) implements TransactionControl {}

    /** SAVEPOINT name. @param name a simple name */
    record Savepoint(SqlParserPos position, SqlIdentifier name) implements TransactionControl {}

    /** ROLLBACK TO [SAVEPOINT] name. @param name a simple name */
    record RollbackToSavepoint(SqlParserPos position, SqlIdentifier name) implements TransactionControl {}

    /** RELEASE [SAVEPOINT] name. @param name a simple name */
    record ReleaseSavepoint(SqlParserPos position, SqlIdentifier name) implements TransactionControl {}
}
