// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.math.BigDecimal;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** The types of exact numbers and what they hold. */
final class ExactNumbers {
    private ExactNumbers() {}

    static boolean isExact(RelDataType type) {
        return SqlTypeName.EXACT_TYPES.contains(type.getSqlTypeName());
    }

    /** Whether a type has a value as it is, neither rounded nor out of range. */
    static boolean fits(BigDecimal value, RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case SMALLINT -> value.compareTo(BigDecimal.valueOf(value.shortValue())) == 0;
            case INTEGER -> value.compareTo(BigDecimal.valueOf(value.intValue())) == 0;
            case BIGINT -> value.compareTo(BigDecimal.valueOf(value.longValue())) == 0;
            case DECIMAL ->
                value.scale() <= type.getScale()
                        && value.precision() - value.scale() <= type.getPrecision() - type.getScale();
            default -> false;
        };
    }
}
