// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableStatistics;
import org.kalamdb.schema.ViewDefinition;

/**
 * The catalog as Calcite's tree of schemas, looked up by name and never listed. Remembers each table it gave out, so
 * that one planning sees one definition and knows what it depends on. Confined to one thread.
 */
final class CatalogSchema {
    private final PlannerCatalog catalog;
    private final Map<TableId, TableDefinition> tables = new LinkedHashMap<>();
    private final Map<TableId, ViewDefinition> views = new LinkedHashMap<>();

    CatalogSchema(PlannerCatalog catalog) {
        this.catalog = catalog;
    }

    /** The tree as a query sees it. @param use the system columns that its tables have */
    CalciteSchema asRoot(SystemColumnUse use) {
        return CalciteSchema.createRootSchema(false, false, "", new RootSchema(use));
    }

    /** The tables given out so far. */
    Map<TableId, TableDefinition> tablesFound() {
        return tables;
    }

    /** The views given out so far. */
    Map<TableId, ViewDefinition> viewsFound() {
        return views;
    }

    private @Nullable Table findRelation(TableId id, RowOrigin origin, SystemColumnUse use) {
        TableDefinition known = tables.get(id);
        Optional<TableDefinition> table = known != null ? Optional.of(known) : catalog.findTable(id);
        if (table.isPresent()) {
            tables.put(id, table.get());
            return new StoredTable(table.get(), statistics(table.get(), origin), origin, use);
        }
        Optional<ViewDefinition> view = origin == RowOrigin.STORED ? catalog.findView(id) : Optional.empty();
        view.ifPresent(found -> views.put(id, found));
        return view.map(ExpandedView::new).orElse(null);
    }

    private TableStatistics statistics(TableDefinition table, RowOrigin origin) {
        boolean stored = origin == RowOrigin.STORED || origin == RowOrigin.STORED_WITH_KEY;
        return stored ? catalog.statistics(table) : new TableStatistics(catalog.rowCount(table), List.of());
    }

    private static <T> Lookup<T> exact(java.util.function.Function<String, @Nullable T> find) {
        return new Lookup<T>() {
            @Override
            public @Nullable T get(String name) {
                return find.apply(name);
            }

            /** Names are exact once they are folded; there is no second chance by another case. */
            @Override
            public @Nullable Named<T> getIgnoreCase(String name) {
                T found = find.apply(name);
                return found == null ? null : new Named<>(name, found);
            }

            @Override
            public Set<String> getNames(LikePattern pattern) {
                return Set.of();
            }
        };
    }

    /** The namespaces, and under names of their own the catalog and the {@link RowOrigin}s. */
    private final class RootSchema extends AbstractSchema {
        private final SystemColumnUse use;
        private final Map<String, Schema> namespaces = new HashMap<>();

        RootSchema(SystemColumnUse use) {
            this.use = use;
        }

        @Override
        public Lookup<? extends Schema> subSchemas() {
            return exact(this::findNamespace);
        }

        private @Nullable Schema findNamespace(String name) {
            RowOrigin origin = RowOrigin.ofRoot(name);
            if (origin != null) {
                return new OriginSchema(origin, use);
            }
            Schema known = namespaces.get(name);
            if (known != null) {
                return known;
            }
            if (!catalog.namespaceExists(name)) {
                return name.equals(Names.CATALOG) ? new OriginSchema(RowOrigin.STORED, use) : null;
            }
            Schema found = new NamespaceSchema(name, RowOrigin.STORED, use);
            namespaces.put(name, found);
            return found;
        }
    }

    /** The tables and views of one namespace. */
    private final class NamespaceSchema extends AbstractSchema {
        private final String namespace;
        private final RowOrigin origin;
        private final SystemColumnUse use;

        NamespaceSchema(String namespace, RowOrigin origin, SystemColumnUse use) {
            this.namespace = namespace;
            this.origin = origin;
            this.use = use;
        }

        @Override
        public Lookup<Table> tables() {
            return exact(name -> findRelation(new TableId(namespace, name), origin, use));
        }
    }

    /** The namespaces once more, behind the name of the catalog or for tables whose rows come from elsewhere. */
    private final class OriginSchema extends AbstractSchema {
        private final RowOrigin origin;
        private final SystemColumnUse use;

        OriginSchema(RowOrigin origin, SystemColumnUse use) {
            this.origin = origin;
            this.use = use;
        }

        @Override
        public Lookup<? extends Schema> subSchemas() {
            return exact(name -> catalog.namespaceExists(name) ? new NamespaceSchema(name, origin, use) : null);
        }
    }
}
