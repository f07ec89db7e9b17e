// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.columnar.QueryCompiler;
import org.kalamdb.function.InternalValues;
import org.kalamdb.function.KalamRexBuilder;
import org.kalamdb.plan.LogicalPlan;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.plan.RowShape;
import org.kalamdb.plan.SequenceCalls;
import org.kalamdb.plan.SyntaxTrees;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.sql.KalamParser;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/** DEFAULT clauses: constants are evaluated once and kept, functions are kept by name. Confined to one thread. */
final class Defaults {
    private final DdlContext context;

    Defaults(DdlContext context) {
        this.context = context;
    }

    /**
     * The default that an expression means.
     *
     * @throws KalamException if it is not valid for the column's type, or NOT_SUPPORTED if it is neither a constant nor one
     *     function of constants
     */
    ColumnDefault of(SqlNode expression, ColumnDefinition column) {
        try {
            RexNode node =
                    context.planner().planExpressions(List.of(expression)).get(0);
            if (isConstant(node)) {
                return new ColumnDefault.Literal(json(column.dataType(), evaluate(expression, column)));
            }
            if (node instanceof RexCall call && call.getOperands().stream().allMatch(RexLiteral.class::isInstance)) {
                ColumnDefault.FunctionCall function = new ColumnDefault.FunctionCall(
                        call.getOperator().getName().toUpperCase(Locale.ROOT), arguments(call));
                // A definition must not use up a number of a sequence.
                if (SequenceCalls.isNext(function)) {
                    LogicalPlan unused = plan(expression, column);
                } else {
                    evaluate(expression, column);
                }
                return function;
            }
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(expression.getParserPosition()));
        }
        throw new KalamException(
                ErrorCode.NOT_SUPPORTED,
                ObjectNames.position(expression.getParserPosition()),
                "Unsupported default of column " + column.name()
                        + ": it must be a constant or one function, such as NOW()",
                null);
    }

    /**
     * What rows written before the column was added read.
     *
     * @param tableHasRows whether there are such rows
     * @throws KalamException NOT_SUPPORTED for a function that gives every row another value
     */
    ColumnDefault initial(ColumnDefault value, ColumnDefinition column, boolean tableHasRows) {
        if (!(value instanceof ColumnDefault.FunctionCall function)) {
            return value;
        }
        if (!tableHasRows) {
            return ColumnDefault.NONE;
        }
        SqlNode expression = KalamParser.parseExpression(function.sqlText());
        RexNode node = context.planner().planExpressions(List.of(expression)).get(0);
        if (!RexUtil.isDeterministic(node)) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    "Cannot add column " + column.name() + " with default " + function.sqlText()
                            + " to a table with rows: each row would need a value of its own; add it without a default,"
                            + " update the rows, then set the default");
        }
        return new ColumnDefault.Literal(json(column.dataType(), evaluate(expression, column)));
    }

    private LogicalPlan plan(SqlNode expression, ColumnDefinition column) {
        SqlNode select = SyntaxTrees.select(List.of(expression), null, null, expression.getParserPosition());
        return context.planner().plan(select, new RowShape(List.<@Nullable ColumnDefinition>of(column), List.of()));
    }

    private @Nullable Object evaluate(SqlNode expression, ColumnDefinition column) {
        LogicalPlan plan = plan(expression, column);
        try (Enumerator<@Nullable Object[]> rows =
                QueryCompiler.compile(plan).rows(context.query()).enumerator()) {
            rows.moveNext();
            return InternalValues.toStored(column.dataType(), rows.current()[0]);
        }
    }

    /** Whether the expression has the same value at all times and for everyone. */
    private static boolean isConstant(RexNode node) {
        if (!RexUtil.isDeterministic(node)) {
            return false;
        }
        boolean[] dynamic = {false};
        node.accept(new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
                dynamic[0] |= call.getOperator().isDynamicFunction();
                return super.visitCall(call);
            }
        });
        return !dynamic[0];
    }

    private static List<JsonNode> arguments(RexCall call) {
        List<JsonNode> arguments = new ArrayList<>();
        for (RexNode operand : KalamRexBuilder.writtenOperands(call)) {
            RexLiteral literal = (RexLiteral) operand;
            Object value = literal.getValue2();
            arguments.add(
                    value instanceof Number
                            ? JsonNodeFactory.instance.numberNode(literal.getValueAs(BigDecimal.class))
                            : JsonNodeFactory.instance.textNode(String.valueOf(value)));
        }
        return arguments;
    }

    /** A stored value as JSON: booleans and numbers as such, everything else as its text. */
    private static JsonNode json(KalamDataType type, @Nullable Object stored) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (stored == null) {
            return nodes.nullNode();
        }
        return switch (type.kind()) {
            case BOOLEAN -> nodes.booleanNode((Boolean) stored);
            case SMALLINT, INT, BIGINT -> nodes.numberNode(((Number) stored).longValue());
            case DECIMAL -> nodes.numberNode((BigDecimal) stored);
            case FLOAT, DOUBLE, TEXT, JSON, BYTES, UUID, DATE, TIME, TIMESTAMP, DATETIME, EMBEDDING ->
                nodes.textNode(StoredValues.toText(type, stored));
        };
    }
}
