// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.TableSummary;
import org.kalamdb.system.SystemTables;

/**
 * The tables and views of a catalog by pattern, in the order of their names, read as they are consumed. Safe for use by
 * several threads.
 */
final class Relations {
    private final Catalog catalog;

    Relations(Catalog catalog) {
        this.catalog = catalog;
    }

    Optional<Relation> find(TableId id) {
        return catalog.findTable(id)
                .<Relation>map(Relation.OfTable::new)
                .or(() -> catalog.findView(id).map(Relation.OfView::new));
    }

    /** The relations of every kind. The stream must be closed. */
    Stream<Relation> matching(NamePattern namespace, NamePattern name) {
        Optional<TableId> exact = exactId(namespace, name);
        if (exact.isPresent()) {
            return exact.flatMap(this::find).stream();
        }
        Stream<Relation> tables = merge(systemTables(namespace, name), userTables(namespace, name));
        return merge(tables, views(namespace, name));
    }

    /** The relations of one kind. The stream must be closed. */
    Stream<Relation> matching(NamePattern namespace, NamePattern name, RelationKind kind) {
        if (exactId(namespace, name).isPresent()) {
            return matching(namespace, name).filter(relation -> relation.info().kind() == kind);
        }
        return switch (kind) {
            case SYSTEM_TABLE -> systemTables(namespace, name);
            case TABLE -> userTables(namespace, name);
            case VIEW -> views(namespace, name);
        };
    }

    /** What a list says of the relations of one kind. The stream must be closed. */
    Stream<TableInfo> infos(NamePattern namespace, NamePattern name, RelationKind kind) {
        if (kind != RelationKind.TABLE || exactId(namespace, name).isPresent()) {
            return matching(namespace, name, kind).map(Relation::info);
        }
        String exact = namespace.exactName();
        Predicate<TableId> filter = filter(namespace, name);
        Stream<TableSummary> tables = exact == null
                ? catalog.tableSummaries(filter)
                : catalog.tableSummaries(exact, name.literalPrefix(), filter);
        return tables.map(TableInfo::of);
    }

    /** The tables, those of the system included. The stream must be closed. */
    Stream<TableDefinition> tables(NamePattern namespace, NamePattern name) {
        return matching(namespace, name)
                .filter(Relation.OfTable.class::isInstance)
                .map(relation -> ((Relation.OfTable) relation).table());
    }

    private static Optional<TableId> exactId(NamePattern namespace, NamePattern name) {
        String exactNamespace = namespace.exactName();
        String exactName = name.exactName();
        if (exactNamespace == null || exactName == null || exactNamespace.isEmpty() || exactName.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TableId(exactNamespace, exactName));
    }

    private static Stream<Relation> systemTables(NamePattern namespace, NamePattern name) {
        return SystemTables.ALL.stream()
                .filter(table -> filter(namespace, name).test(table.id()))
                .map(Relation.OfTable::new);
    }

    private Stream<Relation> userTables(NamePattern namespace, NamePattern name) {
        String exact = namespace.exactName();
        Predicate<TableId> filter = filter(namespace, name);
        Stream<TableDefinition> tables =
                exact == null ? catalog.tables(filter) : catalog.tables(exact, name.literalPrefix(), filter);
        return tables.map(Relation.OfTable::new);
    }

    private Stream<Relation> views(NamePattern namespace, NamePattern name) {
        String exact = namespace.exactName();
        Predicate<TableId> filter = filter(namespace, name);
        Stream<ViewDefinition> views =
                exact == null ? catalog.views(filter) : catalog.views(exact, name.literalPrefix(), filter);
        return views.map(Relation.OfView::new);
    }

    private static Predicate<TableId> filter(NamePattern namespace, NamePattern name) {
        return id -> namespace.matches(id.namespace()) && name.matches(id.name());
    }

    /** One sorted stream of two; closing it closes both. */
    private static Stream<Relation> merge(Stream<Relation> left, Stream<Relation> right) {
        Iterator<Relation> merged = new Merge(left.iterator(), right.iterator());
        Spliterator<Relation> spliterator =
                Spliterators.spliteratorUnknownSize(merged, Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(spliterator, false).onClose(left::close).onClose(right::close);
    }

    private static final class Merge implements Iterator<Relation> {
        private static final Comparator<Relation> BY_ID = Comparator.comparing(Relation::id);
        private final Iterator<Relation> left;
        private final Iterator<Relation> right;
        private @Nullable Relation nextLeft;
        private @Nullable Relation nextRight;

        private Merge(Iterator<Relation> left, Iterator<Relation> right) {
            this.left = left;
            this.right = right;
        }

        @Override
        public boolean hasNext() {
            return nextLeft != null || nextRight != null || left.hasNext() || right.hasNext();
        }

        @Override
        public Relation next() {
            Relation fromLeft = nextLeft != null ? nextLeft : pull(left);
            Relation fromRight = nextRight != null ? nextRight : pull(right);
            boolean takeLeft = fromRight == null || (fromLeft != null && BY_ID.compare(fromLeft, fromRight) <= 0);
            Relation taken = takeLeft ? fromLeft : fromRight;
            nextLeft = takeLeft ? null : fromLeft;
            nextRight = takeLeft ? fromRight : null;
            if (taken == null) {
                throw new NoSuchElementException("There are no more relations");
            }
            return taken;
        }

        private static @Nullable Relation pull(Iterator<Relation> source) {
            return source.hasNext() ? source.next() : null;
        }
    }
}
