// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.sql.Modification.ConflictAction;
import org.kalamdb.sql.Modification.OnConflict;

/**
 * The keys that ON CONFLICT watches; a row that takes another one's place in any other key is an error. Immutable.
 *
 * @param primaryKey whether the primary key, if there is one, is among them
 * @param indexes the unique indexes among them
 * @param columns the columns by which a row is known, where there is but one key
 */
record ConflictTarget(boolean primaryKey, List<IndexDefinition> indexes, List<String> columns) {
    ConflictTarget {
        indexes = List.copyOf(indexes);
        columns = List.copyOf(columns);
    }

    /** @throws KalamException INVALID_CONFLICT_TARGET */
    static ConflictTarget of(OnConflict onConflict, Target target) {
        TableDefinition table = target.table();
        List<String> key =
                table.findPrimaryKey().map(Constraint.PrimaryKey::columns).orElse(List.of());
        List<IndexDefinition> unique =
                table.indexes().stream().filter(IndexDefinition::unique).toList();
        SqlIdentifier constraint = onConflict.constraint();
        if (constraint != null) {
            return named(constraint, key, unique, target);
        }
        if (!onConflict.columns().isEmpty()) {
            return on(onConflict, key, unique, target);
        }
        if (onConflict.action() instanceof ConflictAction.DoUpdate) {
            if (key.isEmpty()) {
                throw invalid(onConflict, target);
            }
            return new ConflictTarget(true, List.of(), key);
        }
        if (onConflict.action() instanceof ConflictAction.Replace && key.isEmpty() && unique.isEmpty()) {
            throw invalid(onConflict, target);
        }
        return new ConflictTarget(true, unique, key);
    }

    private static ConflictTarget named(
            SqlIdentifier constraint, List<String> key, List<IndexDefinition> unique, Target target) {
        String name = constraint.getSimple();
        TableDefinition table = target.table();
        if (table.findPrimaryKey().filter(found -> found.name().equals(name)).isPresent()) {
            return new ConflictTarget(true, List.of(), key);
        }
        return unique.stream()
                .filter(index ->
                        index.name().equals(name) && table.findConstraint(name).isPresent())
                .findFirst()
                .map(index -> new ConflictTarget(false, List.of(index), index.columns()))
                .orElseThrow(() -> new KalamException(
                        ErrorCode.INVALID_CONFLICT_TARGET,
                        ObjectNames.position(constraint.getParserPosition()),
                        "Table " + table.id() + " has no primary key or unique constraint named " + name + keys(table),
                        null));
    }

    private static ConflictTarget on(
            OnConflict onConflict, List<String> key, List<IndexDefinition> unique, Target target) {
        Set<String> columns = onConflict.columns().stream()
                .map(column -> target.column(target.indexOf(column)).name())
                .collect(Collectors.toSet());
        boolean primaryKey = columns.equals(new HashSet<>(key));
        List<IndexDefinition> indexes = unique.stream()
                .filter(index -> columns.equals(new HashSet<>(index.columns())))
                .toList();
        if (!primaryKey && indexes.isEmpty()) {
            throw invalid(onConflict, target);
        }
        return new ConflictTarget(
                primaryKey, indexes, primaryKey ? key : indexes.get(0).columns());
    }

    private static KalamException invalid(OnConflict onConflict, Target target) {
        return new KalamException(
                ErrorCode.INVALID_CONFLICT_TARGET,
                ObjectNames.position(onConflict.position()),
                "ON CONFLICT must name the primary key or a unique constraint of table "
                        + target.table().id() + keys(target.table()),
                null);
    }

    private static String keys(TableDefinition table) {
        List<String> keys = new ArrayList<>();
        table.findPrimaryKey().ifPresent(key -> keys.add("(" + String.join(", ", key.columns()) + ")"));
        for (IndexDefinition index : table.indexes()) {
            if (index.unique()) {
                keys.add("(" + String.join(", ", index.columns()) + ")");
            }
        }
        return keys.isEmpty() ? ", which has none" : ": " + String.join(", ", keys);
    }
}
