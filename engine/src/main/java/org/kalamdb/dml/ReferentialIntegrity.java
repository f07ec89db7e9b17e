// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.Constraint.ReferentialAction;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.storage.StoredRow;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.LockMode;

/**
 * The foreign keys of one run of a statement. While rows are written it gathers what they reference and what they take
 * away from under references; when all are written it carries the changes on, and looks whether everything that is
 * referenced is there. Confined to one thread.
 *
 * <p>Both sides lock the referenced key, who references it together with others who do. Who removes it looks for references among what is committed by then too, as
 * another transaction may have added one that this one's snapshot does not show; who adds a reference likewise looks for
 * what is referenced.
 */
final class ReferentialIntegrity {
    private final WriteContext context;
    private final ConstraintPlan plan;
    private final RowAccess rows;
    private final Map<TableId, RowWriter> writers = new HashMap<>();
    private Map<Relationship, Map<ByteBuffer, Loss>> losses = new LinkedHashMap<>();
    private final Map<Relationship, Map<ByteBuffer, ReferencedKey>> unanswered = new LinkedHashMap<>();
    private final Map<Relationship, Map<ByteBuffer, ReferencedKey>> referenced = new LinkedHashMap<>();

    /** A key that a row had. @param replacement what it has now, or null if the row or its key is gone */
    private record Loss(ReferencedKey key, @Nullable ReferencedKey replacement, boolean deleted) {}

    ReferentialIntegrity(WriteContext context, ConstraintPlan plan) {
        this.context = context;
        this.plan = plan;
        this.rows = new RowAccess(context.tables(), context.indexes());
    }

    RowWriter writer(TableDefinition table) {
        return writers.computeIfAbsent(table.id(), id -> new RowWriter(context, plan.of(table), this));
    }

    /** A row was written or removed. @param user whose row it is */
    void changed(
            TableConstraints constraints,
            String user,
            @Nullable Object @Nullable [] before,
            @Nullable Object @Nullable [] after) {
        for (Relationship relationship : constraints.references()) {
            ReferencedKey old = before == null ? null : relationship.referencedBy(user, before);
            ReferencedKey current = after == null ? null : relationship.referencedBy(user, after);
            if (current != null && !isSame(relationship, current, old)) {
                referenced
                        .computeIfAbsent(relationship, key -> new LinkedHashMap<>())
                        .put(relationship.hashable(current), current);
            }
        }
        for (Relationship relationship : constraints.referencedBy()) {
            ReferencedKey old = before == null ? null : relationship.keyOf(user, before);
            ReferencedKey current = after == null ? null : relationship.keyOf(user, after);
            if (old != null && !isSame(relationship, old, current)) {
                losses.computeIfAbsent(relationship, key -> new LinkedHashMap<>())
                        .put(relationship.hashable(old), new Loss(old, current, after == null));
            }
        }
    }

    private static boolean isSame(Relationship relationship, ReferencedKey key, @Nullable ReferencedKey other) {
        return other != null && relationship.hashable(key).equals(relationship.hashable(other));
    }

    /**
     * Carries the changes on and tests all constraints.
     *
     * @throws KalamException FOREIGN_KEY_VIOLATION, CHECK_VIOLATION, SERIALIZATION_FAILURE, LOCK_TIMEOUT
     */
    void finish() {
        while (!losses.isEmpty()) {
            Map<Relationship, Map<ByteBuffer, Loss>> now = losses;
            losses = new LinkedHashMap<>();
            now.forEach(this::answer);
        }
        unanswered.forEach(this::requireNoChildren);
        referenced.forEach((relationship, keys) -> keys.values().forEach(key -> requireParent(relationship, key)));
        List.copyOf(writers.values()).forEach(RowWriter::check);
    }

    private void answer(Relationship relationship, Map<ByteBuffer, Loss> lost) {
        Map<ByteBuffer, Loss> deleted = new LinkedHashMap<>();
        Map<ByteBuffer, Loss> updated = new LinkedHashMap<>();
        lost.forEach((hashable, loss) -> {
            relationship.lock(rows, context.transaction(), loss.key(), LockMode.EXCLUSIVE);
            (loss.deleted() ? deleted : updated).put(hashable, loss);
        });
        answer(relationship, relationship.key().onDelete(), deleted);
        answer(relationship, relationship.key().onUpdate(), updated);
    }

    private void answer(Relationship relationship, ReferentialAction action, Map<ByteBuffer, Loss> lost) {
        if (lost.isEmpty()) {
            return;
        }
        Map<ByteBuffer, ReferencedKey> keys = new LinkedHashMap<>();
        lost.forEach((hashable, loss) -> keys.put(hashable, loss.key()));
        if (action == ReferentialAction.NO_ACTION) {
            unanswered
                    .computeIfAbsent(relationship, key -> new LinkedHashMap<>())
                    .putAll(keys);
            return;
        }
        List<StoredRow> children = findChildren(relationship, keys);
        if (action == ReferentialAction.RESTRICT && !children.isEmpty()) {
            throw stillReferenced(relationship, children.get(0));
        }
        RowWriter writer = action == ReferentialAction.RESTRICT ? null : writer(relationship.child());
        for (StoredRow child : children) {
            if (writer != null) {
                carryOn(relationship, action, lost, child, writer);
            }
        }
    }

    private void carryOn(
            Relationship relationship,
            ReferentialAction action,
            Map<ByteBuffer, Loss> lost,
            StoredRow child,
            RowWriter writer) {
        Loss loss = Objects.requireNonNull(lost.get(relationship.hashable(reference(relationship, child))));
        if (action == ReferentialAction.CASCADE && loss.deleted()) {
            writer.delete(child.rowKey());
            return;
        }
        @Nullable
        Object[] row = action == ReferentialAction.SET_DEFAULT
                ? relationship.defaulted(child.values())
                : relationship.redirected(
                        child.values(), action == ReferentialAction.CASCADE ? loss.replacement() : null);
        RowChecks.check(relationship.child(), row);
        writer.update(child.rowKey(), row);
    }

    private ReferencedKey reference(Relationship relationship, StoredRow child) {
        String user = context.tables().userOf(relationship.child(), child.rowKey());
        return Objects.requireNonNull(relationship.referencedBy(user, child.values()));
    }

    /** The rows that reference one of some keys, none of which is hidden from this transaction. */
    private List<StoredRow> findChildren(Relationship relationship, Map<ByteBuffer, ReferencedKey> keys) {
        List<StoredRow> seen =
                relationship.findChildren(rows, context.transaction().view(), keys);
        Set<ByteBuffer> rowKeys = new HashSet<>();
        seen.forEach(row -> rowKeys.add(ByteBuffer.wrap(row.rowKey())));
        for (StoredRow committed : relationship.findChildren(rows, null, keys)) {
            if (!rowKeys.contains(ByteBuffer.wrap(committed.rowKey()))) {
                requireOwnChange(relationship.child(), committed);
            }
        }
        return seen;
    }

    private void requireNoChildren(Relationship relationship, Map<ByteBuffer, ReferencedKey> keys) {
        Map<ByteBuffer, ReferencedKey> gone = new LinkedHashMap<>(keys);
        gone.values()
                .removeIf(key ->
                        relationship.findParent(rows, context.transaction().view(), key) != null);
        if (!gone.isEmpty()) {
            List<StoredRow> children = findChildren(relationship, gone);
            if (!children.isEmpty()) {
                throw stillReferenced(relationship, children.get(0));
            }
        }
    }

    private void requireParent(Relationship relationship, ReferencedKey key) {
        context.query().checkCancelled();
        relationship.lock(rows, context.transaction(), key, LockMode.SHARED);
        StoredRow seen = relationship.findParent(rows, context.transaction().view(), key);
        StoredRow committed = relationship.findParent(rows, null, key);
        if (seen == null && committed != null) {
            requireOwnChange(relationship.parent(), committed);
        } else if (seen != null && committed == null) {
            requireOwnChange(relationship.parent(), seen);
        }
        if (seen == null) {
            throw new KalamException(
                    ErrorCode.FOREIGN_KEY_VIOLATION,
                    "Row of table " + relationship.child().id() + " violates foreign key \""
                            + relationship.key().name() + "\": "
                            + relationship.text(relationship.key().columns(), key) + " is not present in table "
                            + relationship.parent().id());
        }
    }

    /** What is seen and what is committed differ by a change of this transaction, or of another one, which is a conflict. */
    private void requireOwnChange(TableDefinition table, StoredRow row) {
        context.transaction().lockAndRead(table, KeySpace.ROWS, row.rowKey());
    }

    private KalamException stillReferenced(Relationship relationship, StoredRow child) {
        return new KalamException(
                ErrorCode.FOREIGN_KEY_VIOLATION,
                "Cannot change or delete the row of table "
                        + relationship.parent().id() + " with "
                        + relationship.text(relationship.key().referencedColumns(), reference(relationship, child))
                        + ": foreign key \"" + relationship.key().name() + "\" of table "
                        + relationship.child().id() + " still references it");
    }
}
