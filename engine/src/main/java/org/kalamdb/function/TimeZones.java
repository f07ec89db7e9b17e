// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * AT TIME ZONE, which is a call of {@code timezone(zone, value)}: a moment (DATETIME) becomes what clocks of the zone show
 * then (TIMESTAMP), and what they show the moment, as in PostgreSQL. Called by generated code.
 */
public final class TimeZones {
    private static final int MICROSECONDS = 6;

    private static final SqlOperandTypeChecker OPERANDS =
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.TIMESTAMP);

    /** As users call it; conversion replaces it by one of the others. */
    static final KalamFunction TIMEZONE = KalamFunction.immutable(
            "TIMEZONE", binding -> type(binding, !isMoment(binding.getOperandType(1))), OPERANDS);

    private static final SqlReturnTypeInference SHOWN = binding -> type(binding, false);
    private static final KalamFunction TO_SHOWN =
            KalamFunction.immutable("TIMEZONE", SHOWN, OPERANDS, MachineFunction.method(TimeZones.class, "shownAt"));
    private static final KalamFunction TO_MOMENT =
            KalamFunction.immutable("TIMEZONE", SHOWN, OPERANDS, MachineFunction.method(TimeZones.class, "momentOf"));

    private TimeZones() {}

    /** Regions by their names in any case; made when first asked for, as it takes some hundred names. */
    private static final class Holder {
        private static final Map<String, ZoneRules> REGIONS = regions();

        private static Map<String, ZoneRules> regions() {
            Map<String, ZoneRules> regions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            ZoneId.getAvailableZoneIds()
                    .forEach(name -> regions.put(name, ZoneId.of(name).getRules()));
            regions.put("Z", ZoneOffset.UTC.getRules());
            return regions;
        }
    }

    private static boolean isMoment(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }

    private static RelDataType type(SqlOperatorBinding binding, boolean isMoment) {
        boolean nullable = binding.getOperandType(0).isNullable()
                || binding.getOperandType(1).isNullable();
        return type(binding.getTypeFactory(), isMoment, nullable);
    }

    private static RelDataType type(RelDataTypeFactory types, boolean isMoment, boolean nullable) {
        SqlTypeName name = isMoment ? SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE : SqlTypeName.TIMESTAMP;
        return types.createTypeWithNullability(types.createSqlType(name, MICROSECONDS), nullable);
    }

    /** A call of {@link #TIMEZONE} as an expression. A DATETIME is cast to what clocks in UTC show, and back. */
    static RexNode convert(SqlRexContext context, SqlCall call) {
        RexBuilder rexBuilder = context.getRexBuilder();
        RexNode zone = context.convertExpression(call.operand(0));
        RexNode value = context.convertExpression(call.operand(1));
        boolean fromMoment = isMoment(value.getType());
        boolean nullable = zone.getType().isNullable() || value.getType().isNullable();
        RelDataType shown =
                type(rexBuilder.getTypeFactory(), false, value.getType().isNullable());
        RexNode converted = rexBuilder.makeCall(
                call.getParserPosition(),
                type(rexBuilder.getTypeFactory(), false, nullable),
                fromMoment ? TO_SHOWN : TO_MOMENT,
                List.of(zone, rexBuilder.makeCast(shown, value)));
        return fromMoment
                ? converted
                : rexBuilder.makeCast(type(rexBuilder.getTypeFactory(), true, nullable), converted);
    }

    /** What clocks of a zone show at a moment. @param utc microseconds since 1970-01-01T00:00Z */
    public static long shownAt(String zone, long utc) {
        ZoneOffset offset = rules(zone).getOffset(Instant.EPOCH.plus(utc, ChronoUnit.MICROS));
        return Datetimes.timestampPlusMicros(utc, micros(offset));
    }

    /**
     * The moment at which clocks of a zone show a time: the later one if they do so twice, and if they skip it, as if they
     * had not been put forward yet.
     *
     * @param shown microseconds since 1970-01-01T00:00 by those clocks
     */
    public static long momentOf(String zone, long shown) {
        ZoneRules rules = rules(zone);
        LocalDateTime local = LocalDateTime.ofInstant(Instant.EPOCH.plus(shown, ChronoUnit.MICROS), ZoneOffset.UTC);
        ZoneOffsetTransition transition = rules.getTransition(local);
        ZoneOffset offset = transition == null
                ? rules.getOffset(local)
                : transition.isGap() ? transition.getOffsetBefore() : transition.getOffsetAfter();
        return Datetimes.timestampMinusMicros(shown, micros(offset));
    }

    private static long micros(ZoneOffset offset) {
        return offset.getTotalSeconds() * Datetimes.MICROS_PER_SECOND;
    }

    private static ZoneRules rules(String zone) {
        ZoneRules rules = Holder.REGIONS.get(zone.strip());
        if (rules == null) {
            throw new KalamException(
                    ErrorCode.INVALID_PARAMETER,
                    "Unknown time zone '" + zone + "': name a region such as Europe/Berlin, or UTC; an offset is named"
                            + " as in Etc/GMT-2, which is two hours east");
        }
        return rules;
    }
}
