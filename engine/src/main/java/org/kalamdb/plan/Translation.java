// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Writes {@code TRANSLATE(text, from, to)} as the function that it is: Calcite takes it for a change of character sets. */
final class Translation {
    private Translation() {}

    /** The node itself, unless it is such a call. */
    static SqlNode expand(SqlNode node) {
        if (!(node instanceof SqlCall call) || !call.getOperator().getName().equalsIgnoreCase("TRANSLATE")) {
            return node;
        }
        if (call.operandCount() != 3) {
            throw new KalamException(
                    ErrorCode.FUNCTION_NOT_FOUND,
                    ObjectNames.position(call.getParserPosition()),
                    "Invalid number of arguments to function TRANSLATE: it takes 3, got " + call.operandCount(),
                    null);
        }
        return SqlLibraryOperators.TRANSLATE3.createCall(call.getParserPosition(), call.getOperandList());
    }
}
