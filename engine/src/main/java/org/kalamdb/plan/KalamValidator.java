// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.kalamdb.type.KalamDataType;

/** Calcite's validator with our view of parameters. Confined to one thread. */
final class KalamValidator extends SqlValidatorImpl {
    KalamValidator(
            SqlOperatorTable operators,
            SqlValidatorCatalogReader catalogReader,
            KalamTypeFactory typeFactory,
            Config config) {
        super(operators, catalogReader, typeFactory, config);
    }

    @Override
    public SqlTypeMappingRule getTypeMappingRule() {
        return CastRules.INSTANCE;
    }

    @Override
    protected SqlNode performUnconditionalRewrites(SqlNode node, boolean underFrom) {
        return super.performUnconditionalRewrites(
                RowMembership.expand(PairedAggregates.expand(WindowFilters.expand(node))), underFrom);
    }

    /** A parameter that nothing around it gives a type is text, as in PostgreSQL. */
    @Override
    protected void inferUnknownTypes(RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
        RelDataType type = inferredType;
        if (node instanceof SqlDynamicParam && inferredType.equals(unknownType)) {
            type = ((KalamTypeFactory) typeFactory).relType(KalamDataType.TEXT, true);
        }
        super.inferUnknownTypes(type, scope, node);
    }
}
