// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.lowering;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.Casts;
import org.kalamdb.function.Datetimes;
import org.kalamdb.function.Numbers;
import org.kalamdb.function.RelTypes;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeKind;

/** Replaces CAST by calls of {@link Casts} and {@link Datetimes}. Confined to one thread. */
public final class CastLowering {
    private static final int FULL_PRECISION = 6;

    private final RexBuilder rexBuilder;
    private final MachineTypes types;
    private final MachineCalls calls;

    public CastLowering(RexBuilder rexBuilder, MachineTypes types, MachineCalls calls) {
        this.rexBuilder = rexBuilder;
        this.types = types;
        this.calls = calls;
    }

    /**
     * @param from type of the operand before lowering
     * @param to type of the cast before lowering
     * @param operand the lowered operand
     */
    public RexNode lower(RelDataType from, RelDataType to, RexNode operand) {
        RelDataType target = types.lower(to);
        if (from.getSqlTypeName() == SqlTypeName.NULL || to.getSqlTypeName() == SqlTypeName.NULL) {
            return rexBuilder.makeNullLiteral(target);
        }
        if (SqlTypeUtil.equalSansNullability(from, to)) {
            return retyped(operand, target);
        }
        if (SqlTypeUtil.isInterval(from) || SqlTypeUtil.isInterval(to)) {
            return interval(from, to, operand);
        }
        if (from.isStruct() || SqlTypeUtil.isCollection(from)) {
            return rexBuilder.makeAbstractCast(target, operand, false);
        }
        KalamDataType source = RelTypes.kalamType(from);
        KalamDataType wanted = RelTypes.kalamType(to);
        return switch (wanted.kind()) {
            case TEXT -> toText(source, from, to, operand);
            case JSON ->
                source.kind() == TypeKind.JSON
                        ? retyped(operand, target)
                        : calls.call(target, Casts.class, "textToJson", textOf(source, operand));
            case BOOLEAN, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL -> toNumber(source, wanted, from, to, operand);
            case DATE, TIME, TIMESTAMP, DATETIME -> toDatetime(source, wanted, to, operand);
            case BYTES -> toBytes(source, target, operand);
            case UUID -> toUuid(source, target, operand);
            case EMBEDDING -> toEmbedding(source, (EmbeddingType) wanted, target, operand);
        };
    }

    /** The operand with another nullability. */
    private RexNode retyped(RexNode operand, RelDataType target) {
        return operand.getType().equals(target) ? operand : rexBuilder.makeAbstractCast(target, operand, false);
    }

    private RexNode toText(KalamDataType source, RelDataType from, RelDataType to, RexNode operand) {
        if (SqlTypeName.CHAR_TYPES.contains(from.getSqlTypeName()) && source.kind() != TypeKind.JSON) {
            return rexBuilder.makeAbstractCast(to, operand, false);
        }
        RexNode text = textOf(source, operand);
        return SqlTypeUtil.equalSansNullability(text.getType(), to)
                ? retyped(text, to)
                : rexBuilder.makeAbstractCast(to, text, false);
    }

    /** The text of any value, as TEXT. */
    private RexNode textOf(KalamDataType source, RexNode operand) {
        String method = switch (source.kind()) {
            case TEXT -> "";
            case JSON -> "jsonToText";
            case BOOLEAN -> "booleanToText";
            case SMALLINT, INT, BIGINT -> "integerToText";
            case FLOAT -> "floatToText";
            case DOUBLE -> "doubleToText";
            case DECIMAL -> "decimalToText";
            case BYTES -> "bytesToText";
            case UUID -> "uuidToText";
            case DATE -> "dateToText";
            case TIME -> "timeToText";
            case TIMESTAMP -> "timestampToText";
            case DATETIME -> "datetimeToText";
            case EMBEDDING -> "embeddingToText";
        };
        if (method.isEmpty()) {
            return operand;
        }
        RelDataType text = calls.create(SqlTypeName.VARCHAR, operand.getType().isNullable());
        return calls.call(text, Casts.class, method, operand);
    }

    private RexNode toNumber(
            KalamDataType source, KalamDataType wanted, RelDataType from, RelDataType to, RexNode operand) {
        boolean text = source.kind() == TypeKind.TEXT || source.kind() == TypeKind.JSON;
        boolean number = source.kind() == TypeKind.BOOLEAN || SqlTypeUtil.isNumeric(from);
        if (!text && !number) {
            throw notPossible(source, wanted);
        }
        if (number && isWidening(from, to)) {
            return rexBuilder.makeAbstractCast(to, operand, false);
        }
        String prefix = text ? "textTo" : "to";
        return switch (wanted.kind()) {
            case BOOLEAN -> calls.call(to, Casts.class, prefix + "Boolean", operand);
            case SMALLINT -> calls.call(to, Casts.class, prefix + "Smallint", operand);
            case INT -> calls.call(to, Casts.class, prefix + "Int", operand);
            case BIGINT -> calls.call(to, Casts.class, prefix + "Bigint", operand);
            case FLOAT -> calls.call(to, Casts.class, prefix + "Float", operand);
            case DOUBLE -> calls.call(to, Casts.class, prefix + "Double", operand);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) wanted;
                yield calls.call(
                        to,
                        Casts.class,
                        prefix + "Decimal",
                        operand,
                        calls.argument(decimal.precision()),
                        calls.argument(decimal.scale()));
            }
            case TEXT, JSON, BYTES, UUID, DATE, TIME, TIMESTAMP, DATETIME, EMBEDDING ->
                throw notPossible(source, wanted);
        };
    }

    /** Whether Java's own conversion does it without loss. */
    private static boolean isWidening(RelDataType from, RelDataType to) {
        SqlTypeName source = from.getSqlTypeName();
        SqlTypeName target = to.getSqlTypeName();
        if (SqlTypeName.INT_TYPES.contains(source) && SqlTypeName.INT_TYPES.contains(target)) {
            return to.getPrecision() >= from.getPrecision();
        }
        return SqlTypeName.INT_TYPES.contains(source) && (target == SqlTypeName.DOUBLE || target == SqlTypeName.FLOAT);
    }

    private RexNode toDatetime(KalamDataType source, KalamDataType wanted, RelDataType to, RexNode operand) {
        RelDataType target = types.lower(to);
        RexNode value = switch (source.kind()) {
            case TEXT, JSON -> textToDatetime(wanted.kind(), target, operand);
            case DATE -> dateToDatetime(source, wanted, target, operand);
            case TIME -> timeToDatetime(source, wanted, target, operand);
            case TIMESTAMP, DATETIME -> timestampToDatetime(wanted.kind(), target, operand);
            case BOOLEAN, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, BYTES, UUID, EMBEDDING ->
                throw notPossible(source, wanted);
        };
        if (wanted.kind() == TypeKind.DATE || to.getPrecision() < 0 || to.getPrecision() >= FULL_PRECISION) {
            return value;
        }
        String round = wanted.kind() == TypeKind.TIME ? "roundTime" : "roundTimestamp";
        return calls.call(target, Datetimes.class, round, value, calls.argument(to.getPrecision()));
    }

    private RexNode textToDatetime(TypeKind wanted, RelDataType target, RexNode operand) {
        String method = switch (wanted) {
            case DATE -> "textToDate";
            case TIME -> "textToTime";
            case TIMESTAMP -> "textToTimestamp";
            default -> "textToDatetime";
        };
        return calls.call(target, Casts.class, method, operand);
    }

    private RexNode dateToDatetime(KalamDataType source, KalamDataType wanted, RelDataType target, RexNode operand) {
        if (wanted.kind() == TypeKind.TIME) {
            throw notPossible(source, wanted);
        }
        return wanted.kind() == TypeKind.DATE
                ? retyped(operand, target)
                : calls.call(target, Datetimes.class, "timestampOf", operand);
    }

    private RexNode timeToDatetime(KalamDataType source, KalamDataType wanted, RelDataType target, RexNode operand) {
        if (wanted.kind() == TypeKind.DATE) {
            throw notPossible(source, wanted);
        }
        return wanted.kind() == TypeKind.TIME
                ? retyped(operand, target)
                : calls.call(target, Datetimes.class, "timestampOfTime", operand);
    }

    private RexNode timestampToDatetime(TypeKind wanted, RelDataType target, RexNode operand) {
        return switch (wanted) {
            case DATE -> calls.call(target, Datetimes.class, "dateOf", operand);
            case TIME -> calls.call(target, Datetimes.class, "timeOf", operand);
            default -> retyped(operand, target);
        };
    }

    private RexNode toBytes(KalamDataType source, RelDataType target, RexNode operand) {
        return switch (source.kind()) {
            case TEXT, JSON -> calls.call(target, Casts.class, "textToBytes", operand);
            case UUID -> calls.call(target, Casts.class, "uuidToBytes", operand);
            case BYTES -> rexBuilder.makeAbstractCast(target, operand, false);
            default -> throw notPossible(source, KalamDataType.BYTES);
        };
    }

    private RexNode toUuid(KalamDataType source, RelDataType target, RexNode operand) {
        return switch (source.kind()) {
            case TEXT, JSON -> calls.call(target, Casts.class, "textToUuid", operand);
            case BYTES -> calls.call(target, Casts.class, "bytesToUuid", operand);
            default -> throw notPossible(source, KalamDataType.UUID);
        };
    }

    private RexNode toEmbedding(KalamDataType source, EmbeddingType wanted, RelDataType target, RexNode operand) {
        RexNode dimension = calls.argument(wanted.dimension());
        return switch (source.kind()) {
            case TEXT, JSON -> calls.call(target, Casts.class, "textToEmbedding", operand, dimension);
            case EMBEDDING -> calls.call(target, Casts.class, "embeddingToEmbedding", operand, dimension);
            default -> throw notPossible(source, wanted);
        };
    }

    // Intervals

    private RexNode interval(RelDataType from, RelDataType to, RexNode operand) {
        RelDataType target = types.lower(to);
        if (SqlTypeUtil.isInterval(from) && SqlTypeUtil.isInterval(to)) {
            if (from.getFamily() != to.getFamily()) {
                throw notPossible(from, to);
            }
            return retyped(operand, target);
        }
        if (SqlTypeUtil.isInterval(from) && SqlTypeUtil.isNumeric(to)) {
            return intervalToNumber(from, to, operand);
        }
        if (SqlTypeUtil.isInterval(from) && SqlTypeUtil.inCharFamily(to)) {
            return intervalToText(from, to, operand);
        }
        if (SqlTypeUtil.isNumeric(from)) {
            return calls.call(
                    target, Numbers.class, "multiplyInterval", calls.argument(endUnit(to)), decimalOf(operand));
        }
        throw notPossible(from, to);
    }

    private RexNode intervalToNumber(RelDataType from, RelDataType to, RexNode operand) {
        RexNode unit = calls.argument(endUnit(from));
        boolean nullable = operand.getType().isNullable();
        if (SqlTypeName.INT_TYPES.contains(to.getSqlTypeName())) {
            RexNode units =
                    calls.call(calls.create(SqlTypeName.BIGINT, nullable), Datetimes.class, "unitsOf", operand, unit);
            return to.getSqlTypeName() == SqlTypeName.BIGINT
                    ? retyped(units, to)
                    : toNumber(KalamDataType.BIGINT, RelTypes.kalamType(to), units.getType(), to, units);
        }
        RelDataType decimal = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder
                                .getTypeFactory()
                                .createSqlType(SqlTypeName.DECIMAL, DecimalType.MAX_PRECISION, FULL_PRECISION),
                        nullable);
        RexNode units = calls.call(decimal, Numbers.class, "intervalToDecimal", operand, unit);
        return lower(decimal, to, units);
    }

    private RexNode intervalToText(RelDataType from, RelDataType to, RexNode operand) {
        SqlIntervalQualifier qualifier = from.getIntervalQualifier();
        if (qualifier == null) {
            throw notPossible(from, to);
        }
        boolean yearMonth = from.getSqlTypeName().getFamily() == SqlTypeFamily.INTERVAL_YEAR_MONTH;
        RelDataType text = calls.create(SqlTypeName.VARCHAR, operand.getType().isNullable());
        RexNode range = calls.argument(qualifier.timeUnitRange);
        RexNode result = yearMonth
                ? calls.call(text, Casts.class, "monthsToText", operand, range)
                : calls.call(text, Casts.class, "microsToText", operand, range);
        return toText(KalamDataType.TEXT, text, to, result);
    }

    /** The last unit of an interval type, in microseconds or months. */
    private static long endUnit(RelDataType interval) {
        long multiplier = interval.getSqlTypeName().getEndUnit().multiplier.longValueExact();
        return interval.getSqlTypeName().getFamily() == SqlTypeFamily.INTERVAL_YEAR_MONTH
                ? multiplier
                : multiplier * 1000;
    }

    /** A whole number as one of the width of {@code type}. */
    RexNode widened(RexNode number, RelDataType type) {
        boolean wider = SqlTypeName.INT_TYPES.contains(number.getType().getSqlTypeName())
                && number.getType().getSqlTypeName() != type.getSqlTypeName();
        return wider
                ? rexBuilder.makeAbstractCast(
                        calls.create(type.getSqlTypeName(), number.getType().isNullable()), number, false)
                : number;
    }

    /** A number as a BigDecimal. */
    RexNode decimalOf(RexNode number) {
        SqlTypeName name = number.getType().getSqlTypeName();
        if (name == SqlTypeName.DECIMAL) {
            return number;
        }
        RelDataType decimal = calls.create(SqlTypeName.DECIMAL, number.getType().isNullable());
        String method = SqlTypeName.INT_TYPES.contains(name) ? "ofLong" : "ofDouble";
        return calls.call(decimal, Numbers.class, method, number);
    }

    private static KalamException notPossible(KalamDataType from, KalamDataType to) {
        return new KalamException(
                ErrorCode.INVALID_CAST,
                "Cannot cast " + from.sqlName() + " to " + to.sqlName() + "; cast it to TEXT first if that is meant");
    }

    private static KalamException notPossible(RelDataType from, RelDataType to) {
        return new KalamException(ErrorCode.INVALID_CAST, "Cannot cast " + from + " to " + to);
    }
}
