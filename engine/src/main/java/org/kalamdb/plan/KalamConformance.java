// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** Which liberties SQL text may take: those of PostgreSQL and MySQL that are not ambiguous. Immutable. */
public final class KalamConformance extends SqlDelegatingConformance {
    public static final KalamConformance INSTANCE = new KalamConformance();

    private KalamConformance() {
        super(SqlConformanceEnum.BABEL);
    }

    /** Overflow is an error, never a wrong number. */
    @Override
    public boolean checkedArithmetic() {
        return true;
    }

    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    /** A column of the input wins over an alias of the same name, as in PostgreSQL. */
    @Override
    public boolean isSortByAliasObscures() {
        return true;
    }

    /** An item of a select list does not see the aliases of other items, as in the SQL standard. */
    @Override
    public SelectAliasLookup isSelectAlias() {
        return SelectAliasLookup.UNSUPPORTED;
    }

    /** A column outside of GROUP BY is an error, not any value of the group. */
    @Override
    public boolean isNonStrictGroupBy() {
        return false;
    }

    @Override
    public boolean allowGeometry() {
        return false;
    }

    @Override
    public boolean supportsUnsignedTypes() {
        return false;
    }

    @Override
    public boolean isColonFieldAccessAllowed() {
        return false;
    }
}
