// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.SystemColumns;

/**
 * Which {@link SystemColumns} a query or a view names. Tables have them only for those that name one, so that all others
 * are planned and run as if there were none.
 */
public enum SystemColumnUse {
    /** It names none. */
    NONE,
    /** It names one, and reads the rows that are there. */
    NAMED,
    /** It names {@code _deleted}, and reads rows that were deleted too. */
    DELETED_NAMED;

    /**
     * What a query names.
     *
     * @throws KalamException NOT_SUPPORTED if it also joins by the names that tables have in common
     */
    public static SystemColumnUse of(SqlNode query) {
        Names names = new Names();
        query.accept(names);
        SqlJoin join = names.joinByNames;
        if (names.use != NONE && join != null) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    ObjectNames.position(join.getParserPosition()),
                    "Cannot name " + SystemColumns.SEQ.name() + " or " + SystemColumns.DELETED.name()
                            + " in a query with NATURAL JOIN or USING: join with ON",
                    null);
        }
        return names.use;
    }

    /** What both name. */
    SystemColumnUse with(SystemColumnUse other) {
        return compareTo(other) >= 0 ? this : other;
    }

    private static final class Names extends SqlBasicVisitor<@Nullable Void> {
        private SystemColumnUse use = NONE;
        private @Nullable SqlJoin joinByNames;

        @Override
        public @Nullable Void visit(SqlIdentifier identifier) {
            String name = identifier.names.get(identifier.names.size() - 1);
            if (name.equals(SystemColumns.DELETED.name())) {
                use = DELETED_NAMED;
            } else if (name.equals(SystemColumns.SEQ.name())) {
                use = use.with(NAMED);
            }
            return null;
        }

        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call instanceof SqlJoin join
                    && (join.isNatural() || join.getConditionType() == JoinConditionType.USING)) {
                joinByNames = join;
            }
            return super.visit(call);
        }
    }
}
