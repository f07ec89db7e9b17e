// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.plan.RowOrigin;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.sql.KalamTypeNameSpec;
import org.kalamdb.type.DeclaredType;

/** Syntax trees of the queries behind statements that change rows. */
final class SqlNodes {
    private SqlNodes() {}

    /** The rows of a table from somewhere, under an alias. */
    static SqlNode from(TableId table, RowOrigin origin, String alias, SqlParserPos pos) {
        List<String> names = origin.root() == null
                ? List.of(table.namespace(), table.name())
                : List.of(origin.root(), table.namespace(), table.name());
        return SqlStdOperatorTable.AS.createCall(pos, new SqlIdentifier(names, pos), new SqlIdentifier(alias, pos));
    }

    static SqlIdentifier column(String alias, String name, SqlParserPos pos) {
        return new SqlIdentifier(List.of(alias, name), pos);
    }

    /** A bare parameter gets the type of the column it is written to; anything else stays as it is. */
    static SqlNode typed(SqlNode value, ColumnDefinition column) {
        return value instanceof SqlDynamicParam ? cast(value, column) : value;
    }

    static SqlNode cast(SqlNode value, ColumnDefinition column) {
        SqlParserPos pos = value.getParserPosition();
        KalamTypeNameSpec type = new KalamTypeNameSpec(new DeclaredType(column.dataType(), null, false), pos);
        return SqlStdOperatorTable.CAST.createCall(pos, value, new SqlDataTypeSpec(type, pos));
    }

    static boolean isDefault(SqlNode node) {
        return node instanceof SqlBasicCall call && call.getKind() == SqlKind.DEFAULT;
    }
}
