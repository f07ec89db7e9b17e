// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.expression;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.kalamdb.function.KalamCast;
import org.kalamdb.function.KalamRexBuilder;
import org.kalamdb.function.RelTypes;

/**
 * Expressions of a plan as EXPLAIN shows them: much as they stand in a statement, columns by their names. Confined to one
 * thread.
 */
public final class ExpressionText {
    private static final BigDecimal MILLIS_PER_DAY = BigDecimal.valueOf(86_400_000);
    private static final BigDecimal MILLIS_PER_SECOND = BigDecimal.valueOf(1000);

    /** What binds less than what stands around it goes into parentheses. */
    private static final int OR = 1;

    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int COMPARISON = 4;
    private static final int SUM = 5;
    private static final int PRODUCT = 6;
    private static final int OPERAND = 7;

    /** Symbols of the operators of arithmetic. */
    static final Map<SqlKind, String> ARITHMETIC = new EnumMap<>(Map.of(
            SqlKind.PLUS, "+",
            SqlKind.CHECKED_PLUS, "+",
            SqlKind.MINUS, "-",
            SqlKind.CHECKED_MINUS, "-",
            SqlKind.TIMES, "*",
            SqlKind.CHECKED_TIMES, "*",
            SqlKind.DIVIDE, "/",
            SqlKind.CHECKED_DIVIDE, "/",
            SqlKind.MOD, "%"));

    private final RexBuilder rexBuilder;
    private final List<String> columns;

    private ExpressionText(RexBuilder rexBuilder, List<String> columns) {
        this.rexBuilder = rexBuilder;
        this.columns = columns;
    }

    public static ExpressionText over(RexBuilder rexBuilder, RelDataType input) {
        return new ExpressionText(rexBuilder, input.getFieldNames());
    }

    /** Over the fields of two inputs, one after the other; names that both have say whose they are. */
    public static ExpressionText over(RexBuilder rexBuilder, RelDataType first, RelDataType second) {
        List<String> columns = new ArrayList<>();
        first.getFieldNames().forEach(name -> columns.add(isIn(second, name) ? "first." + name : name));
        second.getFieldNames().forEach(name -> columns.add(isIn(first, name) ? "second." + name : name));
        return new ExpressionText(rexBuilder, columns);
    }

    private static boolean isIn(RelDataType input, String name) {
        return input.getField(name, true, false) != null;
    }

    /** Of an expression without columns. */
    public static String ofConstant(RexBuilder rexBuilder, RexNode node) {
        return new ExpressionText(rexBuilder, List.of()).of(node);
    }

    public String of(RexNode node) {
        return text(node, OR);
    }

    /** Separated by commas. */
    public String ofAll(List<RexNode> nodes) {
        return nodes.stream().map(this::of).collect(Collectors.joining(", "));
    }

    String ofColumn(int column) {
        return columns.get(column);
    }

    /** Separated by commas. */
    public String ofColumns(Iterable<Integer> positions) {
        List<String> names = new ArrayList<>();
        positions.forEach(position -> names.add(columns.get(position)));
        return String.join(", ", names);
    }

    public String ofSortKeys(List<RelFieldCollation> keys) {
        return keys.stream().map(this::ofSortKey).collect(Collectors.joining(", "));
    }

    /** As the other one, of keys that are computed. @param projects what the keys are columns of */
    public String ofSortKeys(List<RelFieldCollation> keys, List<RexNode> projects) {
        return new ExpressionText(rexBuilder, projects.stream().map(this::of).toList()).ofSortKeys(keys);
    }

    private String ofSortKey(RelFieldCollation key) {
        String direction = key.direction.isDescending() ? " DESC" : "";
        boolean usual = key.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
                || key.nullDirection == key.direction.defaultNullDirection();
        String nulls = usual ? "" : " NULLS " + key.nullDirection;
        return columns.get(key.getFieldIndex()) + direction + nulls;
    }

    /** An aggregate over columns. */
    public String ofAggregate(AggregateCall call) {
        String arguments = call.getArgList().isEmpty() && call.getAggregation().getKind() == SqlKind.COUNT
                ? "*"
                : ofColumns(call.getArgList());
        String order = call.getCollation().getFieldCollations().isEmpty()
                ? ""
                : " WITHIN GROUP (ORDER BY " + ofSortKeys(call.getCollation().getFieldCollations()) + ")";
        String name = call.getAggregation().getName().replace("$SUM0", "SUM");
        return name + "(" + (call.isDistinct() ? "DISTINCT " : "") + arguments + ")" + order
                + (call.filterArg < 0 ? "" : " FILTER (WHERE " + columns.get(call.filterArg) + ")");
    }

    /** The functions of a window, whose constants stand behind the columns. */
    public static String ofWindow(RexBuilder rexBuilder, Window window, Window.Group group) {
        ExpressionText input = over(rexBuilder, window.getInput().getRowType());
        List<String> columns = new ArrayList<>(input.columns);
        window.constants.forEach(constant -> columns.add(literal(constant)));
        ExpressionText text = new ExpressionText(rexBuilder, columns);
        List<String> parts = new ArrayList<>();
        if (!group.keys.isEmpty()) {
            parts.add("by " + text.ofColumns(group.keys));
        }
        if (!group.orderKeys.getFieldCollations().isEmpty()) {
            parts.add("in order of " + text.ofSortKeys(group.orderKeys.getFieldCollations()));
        }
        parts.add((group.isRows ? "rows" : "range") + " between " + text.ofBound(group.lowerBound) + " and "
                + text.ofBound(group.upperBound));
        String functions = group.aggCalls.stream()
                .map(call -> call.getOperator().getName().replace("$SUM0", "SUM") + "("
                        + (call.distinct ? "DISTINCT " : "") + text.ofAll(call.getOperands()) + ")")
                .collect(Collectors.joining(", "));
        return String.join(", ", parts) + ": " + functions;
    }

    private String ofBound(RexWindowBound bound) {
        RexNode offset = bound.getOffset();
        return offset == null ? bound.toString() : of(offset) + (bound.isPreceding() ? " PRECEDING" : " FOLLOWING");
    }

    private String text(RexNode node, int around) {
        if (node instanceof RexInputRef ref) {
            return columns.get(ref.getIndex());
        }
        if (node instanceof RexLiteral literal) {
            return literal(literal);
        }
        if (node instanceof RexDynamicParam parameter) {
            return "?" + parameter.getIndex();
        }
        if (node instanceof RexFieldAccess access) {
            return text(access.getReferenceExpr(), OPERAND) + "."
                    + access.getField().getName();
        }
        return node instanceof RexCall call ? call(call, around) : node.toString();
    }

    private String call(RexCall call, int around) {
        List<RexNode> operands = KalamRexBuilder.writtenOperands(call);
        return switch (call.getKind()) {
            case OR -> junction(call, " OR ", OR, around);
            case AND -> junction(call, " AND ", AND, around);
            case NOT -> inParentheses("NOT " + text(operands.get(0), NOT), NOT, around);
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_UNKNOWN ->
                inParentheses(
                        text(operands.get(0), SUM) + " " + call.getOperator().getName(), COMPARISON, around);
            case EQUALS,
                    NOT_EQUALS,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM -> infix(operands, call.getOperator().getName(), COMPARISON, around);
            case LIKE -> like(call, around);
            case SEARCH -> text(RexUtil.expandSearch(rexBuilder, null, call), around);
            case PLUS, MINUS, CHECKED_PLUS, CHECKED_MINUS -> sum(call, operands, around);
            case TIMES, DIVIDE, MOD, CHECKED_TIMES, CHECKED_DIVIDE ->
                infix(operands, requireNonNull(ARITHMETIC.get(call.getKind())), PRODUCT, around);
            case MINUS_PREFIX, CHECKED_MINUS_PREFIX -> "-" + text(operands.get(0), OPERAND);
            case CAST -> cast(call, around);
            case CASE -> cases(operands);
            default -> call.getOperator() instanceof KalamCast ? cast(call, around) : function(call, operands);
        };
    }

    private static String inParentheses(String text, int own, int around) {
        return own < around ? "(" + text + ")" : text;
    }

    private String junction(RexCall call, String word, int own, int around) {
        String text = call.getOperands().stream()
                .map(operand -> RexUtil.expandSearch(rexBuilder, null, operand))
                .map(operand -> text(operand, operand.isA(call.getKind()) ? own : own + 1))
                .collect(Collectors.joining(word));
        return inParentheses(text, own, around);
    }

    private String infix(List<RexNode> operands, String operator, int own, int around) {
        // On the right, what binds as strongly would be read as standing on the left.
        String text = text(operands.get(0), own == COMPARISON ? SUM : own) + " " + operator + " "
                + text(operands.get(1), own + 1);
        return inParentheses(text, own, around);
    }

    /** The operators of dates have the same kinds, and names of functions. */
    private String sum(RexCall call, List<RexNode> operands, int around) {
        return operands.size() == 2
                ? infix(operands, requireNonNull(ARITHMETIC.get(call.getKind())), SUM, around)
                : function(call, operands);
    }

    private String like(RexCall call, int around) {
        List<RexNode> operands = call.getOperands();
        String text = text(operands.get(0), SUM) + " " + call.getOperator().getName() + " " + text(operands.get(1), SUM)
                + (operands.size() > 2 ? " ESCAPE " + text(operands.get(2), SUM) : "");
        return inParentheses(text, COMPARISON, around);
    }

    private String cast(RexCall call, int around) {
        RexNode operand = call.getOperands().get(0);
        if (SqlTypeUtil.equalSansNullability(operand.getType(), call.getType())) {
            return text(operand, around);
        }
        String type = RelTypes.findKalamType(call.getType())
                .map(Object::toString)
                .orElseGet(() -> call.getType().toString());
        return "CAST(" + of(operand) + " AS " + type + ")";
    }

    private String cases(List<RexNode> operands) {
        StringBuilder text = new StringBuilder("CASE");
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            text.append(" WHEN ").append(of(operands.get(i))).append(" THEN ").append(of(operands.get(i + 1)));
        }
        return text.append(" ELSE ")
                .append(of(operands.get(operands.size() - 1)))
                .append(" END")
                .toString();
    }

    private String function(RexCall call, List<RexNode> operands) {
        String name = call.getOperator().getName();
        return operands.isEmpty() && call.getOperator().getSyntax() == SqlSyntax.FUNCTION_ID
                ? name
                : name + "(" + ofAll(operands) + ")";
    }

    private static String literal(RexLiteral literal) {
        if (literal.isNull()) {
            return "NULL";
        }
        SqlTypeName type = literal.getType().getSqlTypeName();
        return switch (type) {
            case BOOLEAN -> literal.isAlwaysTrue() ? "TRUE" : "FALSE";
            case CHAR, VARCHAR ->
                "'" + requireNonNull(literal.getValueAs(String.class)).replace("'", "''") + "'";
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL ->
                requireNonNull(literal.getValueAs(BigDecimal.class)).toPlainString();
            case DATE -> "DATE '" + literal.getValueAs(DateString.class) + "'";
            case TIME -> "TIME '" + literal.getValueAs(TimeString.class) + "'";
            case TIMESTAMP -> "TIMESTAMP '" + literal.getValueAs(TimestampString.class) + "'";
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "DATETIME '" + literal.getValueAs(TimestampString.class) + "Z'";
            default -> SqlTypeName.INTERVAL_TYPES.contains(type) ? interval(literal) : literal.toString();
        };
    }

    private static String interval(RexLiteral literal) {
        BigDecimal amount = requireNonNull(literal.getValueAs(BigDecimal.class));
        if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(literal.getTypeName())) {
            return "INTERVAL '" + amount + "' MONTH";
        }
        return amount.remainder(MILLIS_PER_DAY).signum() == 0
                ? "INTERVAL '" + amount.divide(MILLIS_PER_DAY).toPlainString() + "' DAY"
                : "INTERVAL '" + amount.divide(MILLIS_PER_SECOND).toPlainString() + "' SECOND";
    }
}
