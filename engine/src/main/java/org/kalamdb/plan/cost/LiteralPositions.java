// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ValuePosition;

/** The {@linkplain ValuePosition positions} of values in conditions. */
final class LiteralPositions {
    private static final int MICROS_PER_MILLI = 1_000;

    private LiteralPositions() {}

    /** NaN if values of its type have none, or it is NULL. */
    static double of(RexLiteral literal) {
        return switch (literal.getType().getSqlTypeName()) {
            case DATE -> of(literal.getValueAs(DateString.class));
            case TIME -> of(literal.getValueAs(TimeString.class));
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> of(literal.getValueAs(TimestampString.class));
            default -> SqlTypeName.INTERVAL_TYPES.contains(literal.getTypeName()) ? Double.NaN : of(literal.getValue());
        };
    }

    /** @param value as literals and search arguments hold it */
    static double of(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof NlsString text) {
            return ValuePosition.ofText(text.getValue());
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof DateString date) {
            return date.getDaysSinceEpoch();
        }
        if (value instanceof TimeString time) {
            return (double) time.getMillisOfDay() * MICROS_PER_MILLI;
        }
        return value instanceof TimestampString timestamp
                ? (double) timestamp.getMillisSinceEpoch() * MICROS_PER_MILLI
                : Double.NaN;
    }
}
