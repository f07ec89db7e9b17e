// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored query with a name. Immutable.
 *
 * @param id its name, in the same name space as tables
 * @param query SQL text of the query as it was written
 * @param searchNamespace where unqualified names in {@code query} are looked up
 * @param columns the columns of its result with ordinals 1 to n, at least one
 * @param comment free text, or null
 * @param createdAt when it was created
 */
public record ViewDefinition(
        TableId id,
        String query,
        String searchNamespace,
        List<ColumnDefinition> columns,
        @Nullable String comment,
        Instant createdAt) {
    public ViewDefinition {
        requireNonNull(id, "id is null");
        requireNonNull(query, "query is null");
        requireNonNull(searchNamespace, "searchNamespace is null");
        requireNonNull(columns, "columns is null");
        requireNonNull(createdAt, "createdAt is null");
        Names.requireNamespace(id.namespace());
        Names.requireTable(id.name());
        if (query.isBlank()) {
            throw Definitions.invalid("Invalid view " + id + ": the query must not be empty");
        }
        columns = List.copyOf(columns);
        Columns.validate("view " + id, columns);
        Columns.requireSequentialOrdinals("view " + id, columns);
    }

    /** A copy with another comment; null for none. */
    public ViewDefinition withComment(@Nullable String changed) {
        return new ViewDefinition(id, query, searchNamespace, columns, changed, createdAt);
    }
}
