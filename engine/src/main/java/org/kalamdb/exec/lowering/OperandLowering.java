// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.lowering;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.kalamdb.function.Casts;
import org.kalamdb.function.KalamFunction;

/**
 * Operands as Calcite's code takes them: it has no code for a NULL without a type, nor for positions and counts that are BIGINT.
 * Confined to one thread.
 */
final class OperandLowering {
    /** What is not NULL because one operand is. */
    private static final Set<SqlKind> ANSWERS_TO_NULL = EnumSet.of(
            SqlKind.AND,
            SqlKind.OR,
            SqlKind.CASE,
            SqlKind.COALESCE,
            SqlKind.NVL,
            SqlKind.NVL2,
            SqlKind.NULLIF,
            SqlKind.DECODE,
            SqlKind.GREATEST_PG,
            SqlKind.LEAST_PG,
            SqlKind.CONCAT_WITH_NULL,
            SqlKind.CONCAT_WS_POSTGRESQL,
            SqlKind.CONCAT_WS_MSSQL,
            SqlKind.IS_NULL,
            SqlKind.IS_NOT_NULL,
            SqlKind.IS_UNKNOWN,
            SqlKind.IS_TRUE,
            SqlKind.IS_NOT_TRUE,
            SqlKind.IS_FALSE,
            SqlKind.IS_NOT_FALSE,
            SqlKind.IS_DISTINCT_FROM,
            SqlKind.IS_NOT_DISTINCT_FROM,
            SqlKind.CAST,
            SqlKind.SAFE_CAST,
            SqlKind.REINTERPRET,
            SqlKind.ROW,
            SqlKind.ITEM,
            SqlKind.DEFAULT,
            SqlKind.ARRAY_VALUE_CONSTRUCTOR,
            SqlKind.MAP_VALUE_CONSTRUCTOR,
            SqlKind.MULTISET_VALUE_CONSTRUCTOR);

    /** The same of functions that have no kind of their own. */
    private static final Set<String> NAMES_ANSWERING_TO_NULL = Set.of("CONCAT", "CONCAT_WS", "IFNULL", "NVL", "NVL2");

    /** Of functions with positions and counts, the first operand from which on numbers are nothing else. */
    private static final Map<String, Integer> COUNTS_FROM = Map.ofEntries(
            entry("CHR", 0),
            entry("INSTR", 2),
            entry("LEFT", 1),
            entry("LEFTSHIFT", 1),
            entry("LPAD", 1),
            entry("OVERLAY", 2),
            entry("POSITION", 2),
            entry("RAND_INTEGER", 0),
            entry("REGEXP_EXTRACT", 2),
            entry("REGEXP_INSTR", 2),
            entry("REGEXP_REPLACE", 3),
            entry("RIGHT", 1),
            entry("RPAD", 1),
            entry("SPLIT_PART", 2),
            entry("SUBSTR", 1),
            entry("SUBSTRING", 1));

    private final RexBuilder rexBuilder;
    private final MachineTypes types;
    private final MachineCalls calls;

    OperandLowering(RexBuilder rexBuilder, MachineTypes types, MachineCalls calls) {
        this.rexBuilder = rexBuilder;
        this.types = types;
        this.calls = calls;
    }

    /** NULL of the call's type if a NULL without a type, as an operand, makes it that; else null. */
    @Nullable
    RexNode nullOf(RexCall call) {
        boolean untyped = call.getOperands().stream().anyMatch(operand -> isNull(operand.getType()));
        return untyped && isNullIfOperandIs(call) ? rexBuilder.makeNullLiteral(types.lower(call.getType())) : null;
    }

    private static boolean isNull(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.NULL;
    }

    private static boolean isNullIfOperandIs(RexCall call) {
        SqlOperator operator = call.getOperator();
        if (operator instanceof KalamFunction function) {
            return function.isNullIfOperandIs();
        }
        return !ANSWERS_TO_NULL.contains(call.getKind())
                && !NAMES_ANSWERING_TO_NULL.contains(operator.getName())
                && !operator.getName().startsWith("JSON_");
    }

    /** The lowered call with its positions and counts as INT; one that INT has no place for is an error when it is computed. */
    RexCall withCounts(RexCall call) {
        Integer first = COUNTS_FROM.get(call.getOperator().getName());
        if (first == null) {
            return call;
        }
        List<RexNode> arguments = new ArrayList<>(call.getOperands());
        for (int i = first; i < arguments.size(); i++) {
            RexNode operand = arguments.get(i);
            if (operand.getType().getSqlTypeName() == SqlTypeName.BIGINT) {
                RelDataType integer =
                        calls.create(SqlTypeName.INTEGER, operand.getType().isNullable());
                arguments.set(i, calls.call(integer, Casts.class, "toInt", operand));
            }
        }
        return call.clone(call.getType(), arguments);
    }
}
