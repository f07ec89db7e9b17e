// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.apache.calcite.rel.type.RelDataTypeFamily;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/** EMBEDDING(n) as the planner sees it: opaque to everything but the vector functions. Immutable. */
public final class EmbeddingRelType extends AbstractSqlType {
    private final int dimension;

    public EmbeddingRelType(int dimension, boolean nullable) {
        super(SqlTypeName.OTHER, nullable, null);
        this.dimension = dimension;
        computeDigest();
    }

    public int dimension() {
        return dimension;
    }

    @Override
    public RelDataTypeFamily getFamily() {
        return SqlTypeFamily.ANY;
    }

    @Override
    protected void generateTypeString(StringBuilder sb, boolean withDetail) {
        sb.append("EMBEDDING(").append(dimension).append(')');
    }
}
