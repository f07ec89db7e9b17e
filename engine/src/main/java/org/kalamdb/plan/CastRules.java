// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import com.google.common.collect.ImmutableSet;
import java.util.Map;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;

/** Which types can be cast to which: as Calcite has it, text to and from every type, and truth values to and
 * from numbers. Immutable. */
final class CastRules implements SqlTypeMappingRule {
    static final CastRules INSTANCE = new CastRules();

    private final SqlTypeMappingRule base = SqlTypeCoercionRule.instance();

    private CastRules() {}

    @Override
    public Map<SqlTypeName, ImmutableSet<SqlTypeName>> getTypeMapping() {
        return base.getTypeMapping();
    }

    @Override
    public boolean canApplyFrom(SqlTypeName to, SqlTypeName from) {
        boolean textToAny = isText(from) && (isOpaque(to) || SqlTypeName.BINARY_TYPES.contains(to));
        boolean anyToText = isText(to) && (isOpaque(from) || SqlTypeName.BINARY_TYPES.contains(from));
        boolean uuidToBytes = from == SqlTypeName.UUID && SqlTypeName.BINARY_TYPES.contains(to);
        boolean truth = from == SqlTypeName.BOOLEAN && SqlTypeName.NUMERIC_TYPES.contains(to)
                || to == SqlTypeName.BOOLEAN && SqlTypeName.NUMERIC_TYPES.contains(from);
        return textToAny || anyToText || uuidToBytes || truth || to == from || base.canApplyFrom(to, from);
    }

    private static boolean isText(SqlTypeName type) {
        return SqlTypeName.CHAR_TYPES.contains(type);
    }

    /** EMBEDDING and UUID. */
    private static boolean isOpaque(SqlTypeName type) {
        return type == SqlTypeName.OTHER || type == SqlTypeName.UUID;
    }
}
