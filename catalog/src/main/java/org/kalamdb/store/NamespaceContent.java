// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.ViewDefinition;

/**
 * A namespace with all that is defined in it. Immutable.
 *
 * @param tables its tables by name
 * @param views its views by name
 * @param sequences its sequences by name
 */
public record NamespaceContent(
        NamespaceDefinition namespace,
        List<TableDefinition> tables,
        List<ViewDefinition> views,
        List<SequenceDefinition> sequences) {
    public NamespaceContent {
        requireNonNull(namespace, "namespace is null");
        tables = List.copyOf(tables);
        views = List.copyOf(views);
        sequences = List.copyOf(sequences);
    }

    /** Whether nothing is defined in it. */
    public boolean isEmpty() {
        return tables.isEmpty() && views.isEmpty() && sequences.isEmpty();
    }

    /** The same namespace with other definitions of what has numbers. */
    public NamespaceContent with(List<TableDefinition> otherTables, List<SequenceDefinition> otherSequences) {
        return new NamespaceContent(namespace, otherTables, views, otherSequences);
    }
}
