// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.storage.TableCopy;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.NamespaceContent;

/**
 * Copies whole namespaces into a database where nothing of them is, so that they appear at once and complete. Confined
 * to one thread.
 */
final class NamespaceCopy {
    private final List<NamespaceContent> contents;
    private final Catalog source;
    private final DatabaseParts target;

    /**
     * @param contents the namespaces as they are in the source
     * @param source has what is known of the rows of their tables
     * @throws KalamException DEPENDENT_OBJECTS if one of their tables references a table that is not among them
     */
    NamespaceCopy(List<NamespaceContent> contents, Catalog source, DatabaseParts target) {
        this.contents = List.copyOf(contents);
        this.source = source;
        this.target = target;
        Set<TableId> present = contents.stream()
                .flatMap(content -> content.tables().stream())
                .map(TableDefinition::id)
                .collect(Collectors.toSet());
        for (NamespaceContent content : contents) {
            content.tables().forEach(table -> requireReferenced(table, present));
        }
    }

    private static void requireReferenced(TableDefinition table, Set<TableId> present) {
        for (Constraint.ForeignKey key : table.constraints(Constraint.ForeignKey.class)) {
            if (!present.contains(key.referencedTable())) {
                throw new KalamException(
                        ErrorCode.DEPENDENT_OBJECTS,
                        "Cannot copy namespace \"" + table.id().namespace() + "\" alone: foreign key \"" + key.name()
                                + "\" of table " + table.id() + " references " + key.referencedTable()
                                + "; copy the whole database");
            }
        }
    }

    /**
     * Copies rows and definitions. If that fails, or the process dies, nothing of them is in the target.
     *
     * @param copy from the source
     */
    RestoreSummary run(TableCopy copy) {
        Catalog catalog = target.catalog();
        catalog.requireVacant(contents);
        List<TableDefinition> sources =
                contents.stream().flatMap(content -> content.tables().stream()).toList();
        List<TableDefinition> announced = catalog.announce(sources);
        try {
            long rowCount = 0;
            for (int i = 0; i < sources.size(); i++) {
                rowCount += copy.copy(sources.get(i), announced.get(i));
                long copied = announced.get(i).objectId();
                source.findAnalysis(sources.get(i).objectId())
                        .ifPresent(analysis -> catalog.analyzed(analysis.ofTable(copied)));
            }
            List<SequenceDefinition> sequences = contents.stream()
                    .flatMap(content -> content.sequences().stream())
                    .toList();
            List<SequenceDefinition> numbered = catalog.renumber(sequences);
            for (int i = 0; i < sequences.size(); i++) {
                copy.copy(sequences.get(i), numbered.get(i));
            }
            // What makes the rows visible must not be on the device before the rows are.
            target.storage().syncLog();
            List<NamespaceContent> renumbered = renumbered(announced, numbered);
            target.guard().exclusively(() -> catalog.adopt(renumbered));
            target.storage().syncLog();
            return new RestoreSummary(sources.size(), rowCount);
        } catch (RuntimeException | Error e) {
            announced.forEach(table -> removeAfter(e, table));
            throw e;
        }
    }

    /** What cannot be removed now is removed when the database is opened again. */
    private void removeAfter(Throwable failure, TableDefinition table) {
        try {
            if (target.catalog()
                    .findTable(table.id())
                    .filter(found -> found.objectId() == table.objectId())
                    .isEmpty()) {
                remove(table);
            }
        } catch (KalamException e) {
            failure.addSuppressed(e);
        }
    }

    private List<NamespaceContent> renumbered(List<TableDefinition> tables, List<SequenceDefinition> sequences) {
        List<NamespaceContent> renumbered = new ArrayList<>();
        int table = 0;
        int sequence = 0;
        for (NamespaceContent content : contents) {
            int endOfTables = table + content.tables().size();
            int endOfSequences = sequence + content.sequences().size();
            renumbered.add(
                    content.with(tables.subList(table, endOfTables), sequences.subList(sequence, endOfSequences)));
            table = endOfTables;
            sequence = endOfSequences;
        }
        return renumbered;
    }

    private void remove(TableDefinition table) {
        target.indexes().removeTable(table);
        target.catalog().forgetDroppedTable(table.objectId());
    }
}
