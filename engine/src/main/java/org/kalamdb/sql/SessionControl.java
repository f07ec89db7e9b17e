// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.StatementKind;

/** A statement that changes the session. Immutable. */
public sealed interface SessionControl extends Statement {
    @Override
    default StatementKind kind() {
        return StatementKind.SESSION;
    }

    /**
     * USE [NAMESPACE | SCHEMA] name, SET NAMESPACE | SCHEMA name.
     *
     * @param position where it stands
     * @param name a simple name
     */
    record UseNamespace(SqlParserPos position, SqlIdentifier name) implements SessionControl {}

    /**
     * SET name = | TO value; RESET name.
     *
     * @param position where it stands
     * @param name the setting
     * @param value the new value; null for its default
     */
    record SetVariable(
            SqlParserPos position,
            SqlIdentifier name,
            @Nullable OptionValue value) implements SessionControl {}
}
