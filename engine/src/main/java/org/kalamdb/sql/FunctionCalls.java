// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Calls of functions that the validator finds by their names. Stateless. */
public final class FunctionCalls {
    /** What DISTINCT ON is called with: the first of what SELECT answers, which is none of its columns. */
    public static final String DISTINCT_ON = "DISTINCT ON";

    private FunctionCalls() {}

    /** A call. @param function its name */
    public static SqlCall of(String function, List<? extends @Nullable SqlNode> operands, SqlParserPos position) {
        return new SqlUnresolvedFunction(
                        new SqlIdentifier(function, position),
                        null,
                        null,
                        null,
                        null,
                        SqlFunctionCategory.USER_DEFINED_FUNCTION)
                .createCall(position, operands);
    }
}
