// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/**
 * A CAST to one type whose rules are ours. Calcite would evaluate its own CAST of a constant by its own rules, with
 * milliseconds; this operator it leaves alone. Immutable.
 */
public final class KalamCast extends SqlFunction {
    KalamCast(RelDataType target) {
        super(
                "CAST AS " + target.getFullTypeString(),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.explicit(target).andThen(SqlTypeTransforms.TO_NULLABLE),
                null,
                OperandTypes.ANY,
                SqlFunctionCategory.SYSTEM);
    }
}
