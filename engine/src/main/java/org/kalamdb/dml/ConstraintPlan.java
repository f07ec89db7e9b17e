// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.kalamdb.plan.QueryPlanner;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.Constraint.ForeignKey;
import org.kalamdb.schema.Constraint.ReferentialAction;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;

/**
 * The constraints of a statement's target and of every table that foreign keys may carry its changes on to. Safe for use
 * by several threads.
 */
final class ConstraintPlan {
    private final Map<TableId, TableConstraints> byTable = new HashMap<>();
    private final Set<TableDefinition> tables = new LinkedHashSet<>();

    private final TableDefinition target;

    private ConstraintPlan(TableDefinition target) {
        this.target = target;
    }

    /** The table that the statement names. */
    TableDefinition target() {
        return target;
    }

    static ConstraintPlan of(Supplier<QueryPlanner> planner, CheckCache checks, TableDefinition target) {
        ConstraintPlan plan = new ConstraintPlan(target);
        Deque<TableDefinition> open = new ArrayDeque<>(List.of(target));
        while (!open.isEmpty()) {
            TableDefinition table = open.pop();
            if (!plan.byTable.containsKey(table.id())) {
                TableConstraints constraints = plan.constraints(planner, checks, table);
                plan.byTable.put(table.id(), constraints);
                for (Relationship relationship : constraints.referencedBy()) {
                    if (writes(relationship.key())) {
                        open.push(relationship.child());
                    }
                }
            }
        }
        return plan;
    }

    private TableConstraints constraints(Supplier<QueryPlanner> planner, CheckCache checks, TableDefinition table) {
        List<Relationship> references = new ArrayList<>();
        for (ForeignKey key : table.constraints(ForeignKey.class)) {
            find(planner, table, key.referencedTable())
                    .ifPresent(parent -> references.add(new Relationship(table, key, parent)));
        }
        List<Relationship> referencedBy = new ArrayList<>();
        addReferences(table, table, referencedBy);
        for (TableId id : table.referencedBy()) {
            find(planner, table, id).ifPresent(child -> addReferences(child, table, referencedBy));
        }
        tables.add(table);
        return new TableConstraints(
                table, checks.of(planner, table, table.constraints(Constraint.Check.class)), references, referencedBy);
    }

    private static void addReferences(TableDefinition child, TableDefinition parent, List<Relationship> references) {
        for (ForeignKey key : child.constraints(ForeignKey.class)) {
            if (key.referencedTable().equals(parent.id())) {
                references.add(new Relationship(child, key, parent));
            }
        }
    }

    private Optional<TableDefinition> find(Supplier<QueryPlanner> planner, TableDefinition table, TableId id) {
        Optional<TableDefinition> found =
                id.equals(table.id()) ? Optional.of(table) : planner.get().findTable(id);
        found.ifPresent(tables::add);
        return found;
    }

    private static boolean writes(ForeignKey key) {
        return writes(key.onDelete()) || writes(key.onUpdate());
    }

    private static boolean writes(ReferentialAction action) {
        return action != ReferentialAction.NO_ACTION && action != ReferentialAction.RESTRICT;
    }

    /** The definitions it was made from. */
    Set<TableDefinition> tables() {
        return tables;
    }

    /** Whether a change of the target may be carried on to other rows, of other tables or of its own. */
    boolean mayChangeOtherRows() {
        return !of(target).referencedBy().isEmpty();
    }

    TableConstraints of(TableDefinition table) {
        return java.util.Objects.requireNonNull(byTable.get(table.id()));
    }
}
