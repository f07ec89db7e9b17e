// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.store.TableSummary;

/** What tables and views have in common. Immutable. */
sealed interface Relation {
    TableId id();

    TableInfo info();

    List<ColumnDefinition> columnDefinitions();

    /** 1-based position of a column in the primary key, or null if it is not part of it. */
    @Nullable
    Integer keySequence(ColumnDefinition column);

    /** What makes it as it is, in the order in which to run it. */
    List<String> createStatements();

    default Stream<ColumnInfo> columns() {
        return columnDefinitions().stream().map(column -> ColumnInfo.of(id(), column, keySequence(column)));
    }

    record OfTable(TableDefinition table) implements Relation {
        @Override
        public List<String> createStatements() {
            return CreateStatements.of(table);
        }

        @Override
        public TableId id() {
            return table.id();
        }

        @Override
        public TableInfo info() {
            return TableInfo.of(TableSummary.of(table));
        }

        @Override
        public List<ColumnDefinition> columnDefinitions() {
            return table.columns();
        }

        @Override
        public @Nullable Integer keySequence(ColumnDefinition column) {
            if (!column.primaryKey()) {
                return null;
            }
            return table.findPrimaryKey()
                    .map(key -> key.columns().indexOf(column.name()) + 1)
                    .orElse(null);
        }
    }

    record OfView(ViewDefinition view) implements Relation {
        @Override
        public List<String> createStatements() {
            return CreateStatements.of(view);
        }

        @Override
        public TableId id() {
            return view.id();
        }

        @Override
        public TableInfo info() {
            return new TableInfo(
                    view.id(), RelationKind.VIEW, null, null, view.comment(), view.createdAt(), view.createdAt());
        }

        @Override
        public List<ColumnDefinition> columnDefinitions() {
            return view.columns();
        }

        @Override
        public @Nullable Integer keySequence(ColumnDefinition column) {
            return null;
        }
    }
}
