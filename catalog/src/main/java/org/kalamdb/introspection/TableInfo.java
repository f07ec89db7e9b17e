// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;
import org.kalamdb.store.TableSummary;

/**
 * A table or view as a row. Immutable.
 *
 * @param id its name
 * @param kind what it is in JDBC
 * @param tableType which of the four types of table, or null for a view
 * @param schemaVersion current version, or null for a view
 * @param comment free text, or null
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
public record TableInfo(
        TableId id,
        RelationKind kind,
        @Nullable TableType tableType,
        @Nullable Integer schemaVersion,
        @Nullable String comment,
        Instant createdAt,
        Instant updatedAt) {
    static TableInfo of(TableSummary table) {
        return new TableInfo(
                table.id(),
                table.type() == TableType.SYSTEM ? RelationKind.SYSTEM_TABLE : RelationKind.TABLE,
                table.type(),
                table.schemaVersion(),
                table.comment(),
                table.createdAt(),
                table.updatedAt());
    }
}
