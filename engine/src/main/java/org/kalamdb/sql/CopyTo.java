// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.engine.StatementKind;

/**
 * COPY table TO file and COPY (query) TO file. Immutable.
 *
 * @param position where it stands
 * @param query the rows
 * @param file where they go
 */
public record CopyTo(SqlParserPos position, SqlNode query, FileReference file) implements Statement {
    @Override
    public StatementKind kind() {
        return StatementKind.DML;
    }
}
