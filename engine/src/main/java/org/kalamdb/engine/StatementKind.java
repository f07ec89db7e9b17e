// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

/** What a statement does, known before it runs. */
public enum StatementKind {
    /** Answers rows and changes nothing. */
    QUERY,
    /** INSERT, UPDATE, DELETE, MERGE, TRUNCATE. */
    DML,
    /** CREATE, ALTER, DROP, COMMENT. */
    DDL,
    /** BEGIN, COMMIT, ROLLBACK. */
    TRANSACTION,
    /** USE and other settings of the session. */
    SESSION
}
