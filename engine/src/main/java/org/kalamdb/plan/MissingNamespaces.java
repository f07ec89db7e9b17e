// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Tells a namespace that does not exist from a table that does not: Calcite names both objects. */
final class MissingNamespaces {
    private MissingNamespaces() {}

    /** The failure, or that of the namespace if it is what the query's name of the table lacks. */
    static KalamException explain(KalamException failure, SqlNode query) {
        if (failure.code() != ErrorCode.TABLE_NOT_FOUND) {
            return failure;
        }
        boolean[] qualifies = {false};
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier name) {
                qualifies[0] |= name.names.size() == 2
                        && failure.rawMessage().equals("Table " + name.names.get(0) + " does not exist")
                        && failure.position() != null
                        && failure.position().line() == name.getParserPosition().getLineNum()
                        && failure.position().column()
                                == name.getParserPosition().getColumnNum();
                return null;
            }
        });
        return qualifies[0]
                ? new KalamException(
                        ErrorCode.NAMESPACE_NOT_FOUND,
                        failure.position(),
                        failure.rawMessage().replaceFirst("^Table", "Namespace"),
                        failure)
                : failure;
    }
}
