// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.lowering;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/** Planner literals as internal values. */
public final class Literals {
    private Literals() {}

    public static @Nullable Object internalValue(RexLiteral literal) {
        if (literal.isNull()) {
            return null;
        }
        return switch (literal.getType().getSqlTypeName()) {
            case BOOLEAN -> literal.getValueAs(Boolean.class);
            case TINYINT, SMALLINT -> decimal(literal).shortValueExact();
            case INTEGER -> decimal(literal).intValueExact();
            case BIGINT -> decimal(literal).longValueExact();
            case REAL -> literal.getValueAs(Float.class);
            case FLOAT, DOUBLE -> literal.getValueAs(Double.class);
            case DECIMAL -> decimal(literal);
            case CHAR, VARCHAR ->
                requireNonNull(literal.getValueAs(NlsString.class)).getValue();
            case BINARY, VARBINARY -> literal.getValueAs(ByteString.class);
            case UUID -> literal.getValueAs(java.util.UUID.class);
            case DATE ->
                Math.toIntExact(LocalDate.parse(requireNonNull(literal.getValueAs(DateString.class))
                                .toString())
                        .toEpochDay());
            case TIME ->
                StoredValues.fromJava(
                        KalamDataType.TIME,
                        LocalTime.parse(requireNonNull(literal.getValueAs(TimeString.class))
                                .toString()));
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                StoredValues.fromJava(
                        KalamDataType.TIMESTAMP,
                        LocalDateTime.parse(requireNonNull(literal.getValueAs(TimestampString.class))
                                .toString()
                                .replace(' ', 'T')));
            default ->
                throw new KalamException(ErrorCode.NOT_SUPPORTED, "Unsupported literal of type " + literal.getType());
        };
    }

    private static BigDecimal decimal(RexLiteral literal) {
        return requireNonNull(literal.getValueAs(BigDecimal.class));
    }
}
