// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.sql.KalamTypeNameSpec;
import org.kalamdb.type.DeclaredType;
import org.kalamdb.type.KalamDataType;

/** Says of a NULL that is computed with that it is a number, where Calcite leaves what comes of it without a type. */
final class UntypedNulls {
    /** Operators and functions of numbers whose type is that of an operand. */
    private static final Set<String> ARITHMETIC =
            Set.of("%", "MOD", "-", "+", "ABS", "AVG", "SUM", "CEIL", "CEILING", "FLOOR", "ROUND", "TRUNC", "TRUNCATE");

    private UntypedNulls() {}

    /** The node itself, in which such a NULL has a type. */
    static SqlNode expand(SqlNode node) {
        if (node instanceof SqlCall call && isArithmetic(call)) {
            for (int i = 0; i < call.operandCount(); i++) {
                SqlNode operand = call.operand(i);
                if (SqlUtil.isNullLiteral(operand, false)) {
                    call.setOperand(i, number(operand));
                }
            }
        }
        return node;
    }

    /** Sums and differences may be of days; of two operands, the other one says what they are of. */
    private static boolean isArithmetic(SqlCall call) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        return ARITHMETIC.contains(name)
                && (call.operandCount() == 1 || name.equals("%") || name.equals("MOD") || name.length() > 1);
    }

    private static SqlNode number(SqlNode untyped) {
        SqlParserPos position = untyped.getParserPosition();
        return SqlStdOperatorTable.CAST.createCall(
                position,
                untyped,
                new SqlDataTypeSpec(
                        new KalamTypeNameSpec(new DeclaredType(KalamDataType.INT, null, false), position), position));
    }
}
