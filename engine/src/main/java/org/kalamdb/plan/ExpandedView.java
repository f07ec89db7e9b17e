// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.List;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.ViewDefinition;

/** A view: planned as its query, cast to the columns it was created with. Immutable. */
final class ExpandedView extends AbstractTable implements TranslatableTable {
    private final ViewDefinition view;

    ExpandedView(ViewDefinition view) {
        this.view = view;
    }

    @Override
    public Schema.TableType getJdbcTableType() {
        return Schema.TableType.VIEW;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
        KalamTypeFactory types = (KalamTypeFactory) typeFactory;
        RelDataTypeFactory.Builder row = types.builder();
        for (ColumnDefinition column : view.columns()) {
            row.add(column.name(), types.relType(column.dataType(), column.nullable()));
        }
        return row.build();
    }

    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
        RelNode query = context.expandView(
                        relOptTable.getRowType(),
                        view.query(),
                        List.of(view.searchNamespace()),
                        List.of(view.id().namespace(), view.id().name()))
                .rel;
        return RelOptUtil.createCastRel(query, relOptTable.getRowType(), true);
    }
}
