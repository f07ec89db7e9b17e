// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.LogicalPlan;
import org.kalamdb.plan.QueryPlanner;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.sql.KalamParser;
import org.kalamdb.type.KalamDataType;

/**
 * Which views read what is about to go. Views are kept as text, so that those which may be meant are planned. One that cannot
 * be planned as things are reads nothing. Confined to one thread.
 */
final class DependentViews {
    /** Begins a name that is not written as it is. */
    private static final String ESCAPED_NAME = "u&\"";

    private final DdlContext context;

    DependentViews(DdlContext context) {
        this.context = context;
    }

    /** The views that read one of some tables or views, by themselves or through others; none of those. */
    Set<TableId> of(Collection<TableId> relations) {
        Set<TableId> gone = Set.copyOf(relations);
        Set<String> names = gone.stream().map(DependentViews::searched).collect(Collectors.toCollection(HashSet::new));
        Set<TableId> found = new LinkedHashSet<>();
        List<ViewDefinition> views;
        try (Stream<ViewDefinition> all = context.catalog().views()) {
            views = all.filter(view -> !gone.contains(view.id())).toList();
        }
        int before;
        do {
            before = found.size();
            for (ViewDefinition view : views) {
                if (!found.contains(view.id()) && mayRead(view, names) && reads(view, gone)) {
                    found.add(view.id());
                    names.add(searched(view.id()));
                }
            }
        } while (found.size() > before);
        return found;
    }

    /** The views that a change of a table leaves without what they read. */
    Set<TableId> of(TableDefinition before, TableDefinition after) {
        Set<TableId> broken = new LinkedHashSet<>();
        for (TableId id : of(List.of(before.id()))) {
            ViewDefinition view = context.catalog().requireView(id);
            Optional<List<KalamDataType>> columns =
                    plan(view, planner(view).withTable(before)).map(DependentViews::types);
            if (columns.isPresent()
                    && !columns.equals(
                            plan(view, planner(view).withTable(after)).map(DependentViews::types))) {
                broken.add(id);
            }
        }
        return broken;
    }

    /**
     * Refuses to drop what views read.
     *
     * @param what such as {@code table main.t}
     * @throws KalamException DEPENDENT_OBJECTS if there are views
     */
    static void requireNone(String what, Set<TableId> views) {
        if (!views.isEmpty()) {
            String names = views.stream().map(TableId::toString).collect(Collectors.joining(", "));
            throw new KalamException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "Cannot drop " + what + ": "
                            + (views.size() == 1
                                    ? "view " + names + " reads it; drop that first or use CASCADE"
                                    : "views " + names + " read it; drop those first or use CASCADE"));
        }
    }

    private boolean reads(ViewDefinition view, Set<TableId> relations) {
        return plan(view, planner(view))
                .filter(plan -> Stream.concat(
                                plan.tables().stream().map(TableDefinition::id),
                                plan.views().stream().map(ViewDefinition::id))
                        .anyMatch(relations::contains))
                .isPresent();
    }

    private QueryPlanner planner(ViewDefinition view) {
        return context.planner().withNamespace(view.searchNamespace());
    }

    private static Optional<LogicalPlan> plan(ViewDefinition view, QueryPlanner planner) {
        try {
            return Optional.of(planner.plan(KalamParser.parseQuery(view.query())));
        } catch (KalamException e) {
            return Optional.empty();
        }
    }

    private static List<KalamDataType> types(LogicalPlan plan) {
        return plan.columns().stream().map(ResultColumn::type).toList();
    }

    private static boolean mayRead(ViewDefinition view, Set<String> names) {
        String query = view.query().toLowerCase(Locale.ROOT);
        return query.contains(ESCAPED_NAME) || names.stream().anyMatch(query::contains);
    }

    private static String searched(TableId id) {
        return id.name().toLowerCase(Locale.ROOT).replace("\"", "\"\"");
    }
}
