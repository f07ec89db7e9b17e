// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.plan.SequenceCalls;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.sql.Definition;
import org.kalamdb.storage.Sequences;
import org.kalamdb.store.Catalog;
import org.kalamdb.type.IntegerRange;
import org.kalamdb.type.KalamDataType;

/** Makes, restarts and drops sequences, within the definition lock. Confined to one thread. */
final class SequenceChanges {
    private final DdlContext context;
    private final Catalog catalog;
    private final Sequences counters;

    SequenceChanges(DdlContext context) {
        this.context = context;
        this.catalog = context.catalog();
        this.counters = context.sequences();
    }

    void create(Definition.CreateSequence create) {
        TableId id = id(create.name());
        if (create.ifNotExists() && catalog.findSequence(id).isPresent()) {
            return;
        }
        KalamDataType type = create.type() == null ? KalamDataType.BIGINT : create.type();
        IntegerRange range = SequenceDefinition.rangeOf(id, type);
        boolean ascends = create.increment() > 0;
        long minimum = orElse(create.minimum(), ascends ? 1 : range.min());
        long maximum = orElse(create.maximum(), ascends ? range.max() : -1);
        long start = orElse(create.start(), ascends ? minimum : maximum);
        catalog.createSequence(
                new SequenceDefinition(id, 0, type, start, create.increment(), minimum, maximum, context.now()));
    }

    private static long orElse(@Nullable Long given, long otherwise) {
        return given == null ? otherwise : given;
    }

    void restart(Definition.RestartSequence alter) {
        TableId id = id(alter.name());
        if (alter.ifExists() && catalog.findSequence(id).isEmpty()) {
            return;
        }
        SequenceDefinition sequence = catalog.requireSequence(id);
        long number = orElse(alter.restart(), sequence.start());
        if (number < sequence.minimum() || number > sequence.maximum()) {
            throw new KalamException(
                    ErrorCode.INVALID_DEFINITION,
                    "Cannot restart sequence " + id + " with " + number + ": its numbers are from " + sequence.minimum()
                            + " to " + sequence.maximum());
        }
        counters.numbers(sequence).restart(number);
    }

    void drop(Definition.DropSequence drop) {
        Set<TableId> ids = new LinkedHashSet<>();
        for (SqlIdentifier name : drop.names()) {
            TableId id = id(name);
            if (!(drop.ifExists() && catalog.findSequence(id).isEmpty())) {
                ids.add(catalog.requireSequence(id).id());
            }
        }
        ids.forEach(this::requireUnused);
        Set<Long> gone = new LinkedHashSet<>();
        ids.forEach(id -> gone.add(catalog.requireSequence(id).objectId()));
        catalog.dropSequences(ids);
        gone.forEach(counters::forget);
    }

    private void requireUnused(TableId id) {
        try (Stream<TableDefinition> tables = catalog.tables()) {
            Optional<TableDefinition> user = tables.filter(table -> table.columns().stream()
                            .anyMatch(column -> SequenceCalls.isNextOf(column.defaultValue(), id)))
                    .findFirst();
            if (user.isPresent()) {
                throw new KalamException(
                        ErrorCode.DEPENDENT_OBJECTS,
                        "Cannot drop sequence " + id + ": a default of table "
                                + user.get().id() + " uses it; drop the default first");
            }
        }
    }

    private TableId id(SqlIdentifier name) {
        return ObjectNames.tableId(name, context.namespace());
    }
}
