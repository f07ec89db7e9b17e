// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlJdbcDataTypeName;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.sql.FunctionCalls;
import org.kalamdb.sql.KalamTypeNameSpec;
import org.kalamdb.type.SqlTypeNames;

/** Writes JDBC's escapes {@code {fn NAME(..)}} as calls of the functions that do it. */
final class JdbcFunctions {
    /** Functions of JDBC that have another name here; all others have the same. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("UCASE", "UPPER"),
            Map.entry("LCASE", "LOWER"),
            Map.entry("CHAR", "CHR"),
            Map.entry("LENGTH", "CHAR_LENGTH"),
            Map.entry("CEILING", "CEIL"),
            Map.entry("LOG", "LN"),
            Map.entry("CURDATE", "CURRENT_DATE"),
            Map.entry("CURTIME", "CURRENT_TIME"),
            Map.entry("DATABASE", "CURRENT_CATALOG"));

    private JdbcFunctions() {}

    /** The node itself, or the call that it stands for. */
    static SqlNode expand(SqlNode node) {
        if (!(node instanceof SqlCall call) || !(call.getOperator() instanceof SqlJdbcFunctionCall function)) {
            return node;
        }
        // The operator is called {fn name}.
        String escape = function.getName();
        String name = escape.substring("{fn ".length(), escape.length() - 1).toUpperCase(Locale.ROOT);
        SqlParserPos position = call.getParserPosition();
        List<SqlNode> operands = call.getOperandList();
        if (name.equals("LOCATE")) {
            return SqlStdOperatorTable.POSITION.createCall(position, operands);
        }
        if (name.equals("INSERT") && operands.size() == 4) {
            return SqlStdOperatorTable.OVERLAY.createCall(
                    position, operands.get(0), operands.get(3), operands.get(1), operands.get(2));
        }
        if (name.equals("CONVERT") && operands.size() == 2 && operands.get(1) instanceof SqlLiteral type) {
            return SqlStdOperatorTable.CAST.createCall(position, operands.get(0), typeOf(type));
        }
        return FunctionCalls.of(NAMES.getOrDefault(name, name), operands, position);
    }

    /** @param name such as SQL_INTEGER */
    private static SqlDataTypeSpec typeOf(SqlLiteral name) {
        String plain = name.getValueAs(SqlJdbcDataTypeName.class).name().replaceFirst("^SQL_", "");
        SqlParserPos position = name.getParserPosition();
        return new SqlDataTypeSpec(new KalamTypeNameSpec(SqlTypeNames.resolve(plain, List.of()), position), position);
    }
}
