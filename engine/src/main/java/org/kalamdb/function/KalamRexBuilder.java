// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/**
 * Makes expressions that Calcite cannot evaluate by rules other than ours: a CAST whose outcome differs from Calcite's is
 * made as a {@link KalamCast}, and calls of volatile functions never equal each other. Confined to one thread.
 */
public final class KalamRexBuilder extends RexBuilder {
    private int volatileCallCount;
    /** What a place in the text that is being converted is in that of the statement. */
    private UnaryOperator<SqlParserPos> places = UnaryOperator.identity();

    public KalamRexBuilder(RelDataTypeFactory typeFactory) {
        super(typeFactory);
    }

    @Override
    public RexNode makeCast(
            SqlParserPos pos,
            RelDataType type,
            RexNode expression,
            boolean matchNullability,
            boolean safe,
            RexLiteral format) {
        if (safe || !format.isNull() || isCalcites(expression, type)) {
            return super.makeCast(pos, type, expression, matchNullability, safe, format);
        }
        boolean nullable =
                matchNullability ? type.isNullable() : expression.getType().isNullable() || type.isNullable();
        return ourCast(pos, typeFactory.createTypeWithNullability(type, nullable), expression);
    }

    @Override
    public RexNode makeAbstractCast(SqlParserPos pos, RelDataType type, RexNode expression, boolean safe) {
        return safe || isCalcites(expression, type)
                ? super.makeAbstractCast(pos, type, expression, safe)
                : ourCast(pos, type, expression);
    }

    @Override
    public RexNode makeCall(SqlParserPos pos, RelDataType type, SqlOperator operator, List<RexNode> operands) {
        if (isLikeNull(operator, operands)) {
            return makeNullLiteral(type);
        }
        return super.makeCall(place(pos), type, operator, distinguish(operator, operands));
    }

    @Override
    public RexNode makeCall(SqlParserPos pos, SqlOperator operator, List<? extends RexNode> operands) {
        if (isVolatile(operator) || isLikeNull(operator, operands)) {
            return makeCall(pos, deriveReturnType(operator, operands), operator, List.copyOf(operands));
        }
        return super.makeCall(place(pos), operator, operands);
    }

    /** Whether the call is unknown, which Calcite's simplification fails on. */
    private static boolean isLikeNull(SqlOperator operator, List<? extends RexNode> operands) {
        return operator.getKind() == SqlKind.LIKE && operands.stream().anyMatch(RexLiteral::isNullLiteral);
    }

    @Override
    protected RexLiteral makeLiteral(@Nullable Comparable value, RelDataType type, SqlTypeName typeName) {
        return super.makeLiteral(
                value instanceof NlsString text ? CodePointCollation.collated(text, type) : value, type, typeName);
    }

    /** What {@code work} makes of a text that is not the statement's: its errors name no place. */
    public <T> T ofOtherText(Supplier<T> work) {
        return withPlaces(place -> SqlParserPos.ZERO, work);
    }

    /** What {@code work} makes of the query of a view: its errors name the view and the place in it. */
    public <T> T ofView(String view, Supplier<T> work) {
        return withPlaces(place -> place.getLineNum() < 1 ? place : new PlaceInView(view, place), work);
    }

    private <T> T withPlaces(UnaryOperator<SqlParserPos> inOtherText, Supplier<T> work) {
        UnaryOperator<SqlParserPos> outer = places;
        places = inOtherText;
        try {
            return work.get();
        } finally {
            places = outer;
        }
    }

    private SqlParserPos place(SqlParserPos pos) {
        return places.apply(pos);
    }

    /** The same value, of which planning knows nothing but its type. */
    public static RexNode hidden(RexBuilder rexBuilder, RexNode value) {
        return rexBuilder.makeCall(value.getType(), new KalamCast(value.getType()), List.of(value));
    }

    private RexNode ourCast(SqlParserPos pos, RelDataType type, RexNode expression) {
        return super.makeCall(place(pos), type, new KalamCast(type), List.of(expression));
    }

    /** A number behind the operands, so that {@code UUID() = UUID()} has two calls, not one evaluated once. */
    private List<RexNode> distinguish(SqlOperator operator, List<RexNode> operands) {
        if (!isVolatile(operator)) {
            return operands;
        }
        List<RexNode> distinct = new ArrayList<>(operands);
        distinct.add(makeExactLiteral(BigDecimal.valueOf(volatileCallCount++)));
        return distinct;
    }

    /** The operands of a call as the statement has them, without the number that tells volatile calls apart. */
    public static List<RexNode> writtenOperands(RexCall call) {
        List<RexNode> operands = call.getOperands();
        return isVolatile(call.getOperator()) ? operands.subList(0, operands.size() - 1) : operands;
    }

    private static boolean isVolatile(SqlOperator operator) {
        KalamFunction function = KalamFunction.of(operator);
        return function != null && function.volatility() == Volatility.VOLATILE;
    }

    /** Whether Calcite's CAST gives what ours gives, for constants and for rows. */
    private static boolean isCalcites(RexNode expression, RelDataType to) {
        RelDataType from = expression.getType();
        if (SqlTypeUtil.equalSansNullability(from, to) || RexLiteral.isNullLiteral(expression)) {
            return true;
        }
        if (RelTypes.isJson(from) || RelTypes.isJson(to)) {
            return false;
        }
        SqlTypeName source = from.getSqlTypeName();
        SqlTypeName target = to.getSqlTypeName();
        if (source == SqlTypeName.NULL || source == SqlTypeName.ANY || from.isStruct()) {
            return true;
        }
        if (SqlTypeName.INT_TYPES.contains(source)) {
            return isCalcitesFromInteger(expression, to);
        }
        return switch (source) {
            case CHAR, VARCHAR -> SqlTypeName.CHAR_TYPES.contains(target);
            case BINARY, VARBINARY -> SqlTypeName.BINARY_TYPES.contains(target);
            case REAL -> target == SqlTypeName.DOUBLE || target == SqlTypeName.FLOAT;
            case FLOAT, DOUBLE -> target == SqlTypeName.DOUBLE || target == SqlTypeName.FLOAT;
            case DECIMAL ->
                target == SqlTypeName.DOUBLE
                        || target == SqlTypeName.FLOAT
                        || target == SqlTypeName.REAL
                        || target == SqlTypeName.DECIMAL
                                && holds(to, from.getPrecision() - from.getScale(), from.getScale());
            case DATE -> target == SqlTypeName.TIMESTAMP;
            case TIMESTAMP ->
                target == SqlTypeName.DATE
                        || target == SqlTypeName.TIMESTAMP && to.getPrecision() >= from.getPrecision();
            case TIME -> target == SqlTypeName.TIME && to.getPrecision() >= from.getPrecision();
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> target == source && to.getPrecision() >= from.getPrecision();
            default -> SqlTypeUtil.isInterval(from) && SqlTypeUtil.isInterval(to) || SqlTypeUtil.isCollection(from);
        };
    }

    private static boolean isCalcitesFromInteger(RexNode expression, RelDataType to) {
        RelDataType from = expression.getType();
        if (SqlTypeName.INT_TYPES.contains(to.getSqlTypeName())) {
            return to.getPrecision() >= from.getPrecision() || isIntegerLiteralThatFits(expression, to);
        }
        return switch (to.getSqlTypeName()) {
            case REAL, FLOAT, DOUBLE -> true;
            case DECIMAL -> holds(to, from.getPrecision(), 0);
            default -> false;
        };
    }

    private static boolean isIntegerLiteralThatFits(RexNode expression, RelDataType to) {
        if (!(expression instanceof RexLiteral literal)) {
            return false;
        }
        BigDecimal value = literal.getValueAs(BigDecimal.class);
        return value != null && value.precision() < to.getPrecision();
    }

    private static boolean holds(RelDataType decimal, int integerDigits, int scale) {
        return decimal.getScale() >= scale && decimal.getPrecision() - decimal.getScale() >= integerDigits;
    }
}
