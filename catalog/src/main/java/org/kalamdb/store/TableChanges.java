// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;

/**
 * Changes of tables that become one write: those asked for, and those of the tables that foreign keys tie to them. A
 * foreign key is known on both sides, so a table that gains or loses one, or changes its names, changes the other side.
 * Confined to the catalog's change lock.
 */
final class TableChanges {
    private final TableSchemaStore tables;
    private final Instant now;
    /** What is under a name after the changes; empty for no table. */
    private final Map<TableId, Optional<TableDefinition>> staged = new LinkedHashMap<>();

    private final Set<TableDefinition> dropped = new LinkedHashSet<>();
    /** By number: whether a definition has it after the changes. */
    private final Map<Long, Boolean> indexes = new LinkedHashMap<>();

    TableChanges(TableSchemaStore tables, Instant now) {
        this.tables = tables;
        this.now = now;
    }

    /** The table under a name as the changes so far leave it. */
    Optional<TableDefinition> find(TableId id) {
        Optional<TableDefinition> changed = staged.get(id);
        return changed != null ? changed : tables.find(id);
    }

    void create(TableDefinition table) {
        staged.put(table.id(), Optional.of(table));
        markIndexes(null, table);
        tieToReferenced(null, table);
    }

    void alter(TableDefinition current, TableDefinition next) {
        if (!current.id().equals(next.id())) {
            staged.put(current.id(), Optional.empty());
        }
        staged.put(next.id(), Optional.of(next));
        markIndexes(current, next);
        tieToReferenced(current, next);
        followNames(current, next);
    }

    /** Removes tables, and the foreign keys of others to them. @throws KalamException DEPENDENT_OBJECTS if it restricts */
    void drop(List<TableDefinition> gone, DropBehavior behavior) {
        Set<TableId> ids = gone.stream().map(TableDefinition::id).collect(Collectors.toSet());
        for (TableDefinition table : gone) {
            for (TableId referencing : table.referencedBy()) {
                if (!ids.contains(referencing)) {
                    dropForeignKeys(referencing, table.id(), behavior);
                }
            }
        }
        for (TableDefinition table : gone) {
            staged.put(table.id(), Optional.empty());
            dropped.add(table);
        }
        gone.forEach(table -> tieToReferenced(table, null));
    }

    /** Removes constraints of one table. */
    void dropConstraints(TableId id, Set<String> names) {
        TableDefinition table = find(id).orElseThrow();
        TableDefinition without = table;
        for (String name : names) {
            without = without.dropConstraint(name, now);
        }
        alter(table, without);
    }

    private void dropForeignKeys(TableId referencing, TableId referenced, DropBehavior behavior) {
        TableDefinition table = find(referencing).orElseThrow();
        TableDefinition without = table;
        for (Constraint.ForeignKey key : table.constraints(Constraint.ForeignKey.class)) {
            if (key.referencedTable().equals(referenced)) {
                if (behavior == DropBehavior.RESTRICT) {
                    throw new KalamException(
                            ErrorCode.DEPENDENT_OBJECTS,
                            "Cannot drop table " + referenced + ": foreign key \"" + key.name() + "\" of table "
                                    + referencing + " references it; drop that first or use CASCADE");
                }
                without = without.dropConstraint(key.name(), now);
            }
        }
        staged.put(referencing, Optional.of(without));
    }

    private void markIndexes(@Nullable TableDefinition before, TableDefinition after) {
        if (before != null) {
            before.indexes().forEach(index -> indexes.put(index.indexId(), false));
        }
        after.indexes().forEach(index -> indexes.put(index.indexId(), true));
    }

    /** Tells the tables that are referenced, or no longer, so. */
    private void tieToReferenced(@Nullable TableDefinition before, @Nullable TableDefinition after) {
        Set<TableId> old = referenced(before);
        Set<TableId> current = referenced(after);
        boolean renamed = before != null && after != null && !before.id().equals(after.id());
        for (TableId id : old) {
            if (before != null && (renamed || !current.contains(id))) {
                find(id).ifPresent(table -> staged.put(id, Optional.of(table.dropReference(before.id(), now))));
            }
        }
        for (TableId id : current) {
            if (after != null) {
                find(id).ifPresent(table -> staged.put(id, Optional.of(table.addReference(after.id(), now))));
            }
        }
    }

    private static Set<TableId> referenced(@Nullable TableDefinition table) {
        return table == null
                ? Set.of()
                : table.constraints(Constraint.ForeignKey.class).stream()
                        .map(Constraint.ForeignKey::referencedTable)
                        .filter(id -> !id.equals(table.id()))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void followNames(TableDefinition before, TableDefinition after) {
        Map<String, String> renamedColumns = new HashMap<>();
        for (ColumnDefinition column : before.columns()) {
            after.findColumnById(column.columnId())
                    .map(ColumnDefinition::name)
                    .filter(name -> !name.equals(column.name()))
                    .ifPresent(name -> renamedColumns.put(column.name(), name));
        }
        if (renamedColumns.isEmpty() && before.id().equals(after.id())) {
            return;
        }
        for (TableId referencing : after.referencedBy()) {
            find(referencing)
                    .map(table -> table.followReferenced(before.id(), after.id(), renamedColumns, now))
                    .ifPresent(table -> staged.put(referencing, Optional.of(table)));
        }
    }

    /** @throws KalamException TABLE_IN_USE if a table that somebody holds gets another version or goes */
    void requireFree(HeldTables held) {
        for (Map.Entry<TableId, Optional<TableDefinition>> change : staged.entrySet()) {
            Optional<TableDefinition> before = tables.find(change.getKey());
            if (before.isPresent() && !isSameVersion(before.get(), change.getValue())) {
                held.requireFree(before.get());
            }
        }
    }

    private static boolean isSameVersion(TableDefinition before, Optional<TableDefinition> after) {
        return after.filter(table ->
                        table.objectId() == before.objectId() && table.schemaVersion() == before.schemaVersion())
                .isPresent();
    }

    void addTo(WriteBatch batch, DroppedTables droppedTables, UnusedIndexes unusedIndexes) {
        staged.forEach((id, table) ->
                table.ifPresentOrElse(present -> tables.put(batch, present), () -> tables.delete(batch, id)));
        dropped.forEach(table -> droppedTables.put(batch, table));
        indexes.forEach((indexId, used) -> {
            if (used) {
                unusedIndexes.delete(batch, indexId);
            } else {
                unusedIndexes.put(batch, indexId);
            }
        });
    }

    /** Lets a cache hold what the changes have left. Called after they are written. */
    void applyTo(SchemaCache<TableId, TableDefinition> cache) {
        staged.forEach(
                (id, table) -> table.ifPresentOrElse(present -> cache.put(id, present), () -> cache.invalidate(id)));
    }
}
