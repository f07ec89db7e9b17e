// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlLeadLagAggFunction;

/**
 * LEAD or LAG whose value may be NULL. Calcite takes it for NOT NULL as soon as the default is, though the default stands
 * for missing rows only, not for NULLs in the rows that are there. Immutable.
 */
public final class NullableLeadLag extends SqlLeadLagAggFunction {
    NullableLeadLag(SqlKind kind) {
        super(kind);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createTypeWithNullability(super.inferReturnType(binding), true);
    }
}
