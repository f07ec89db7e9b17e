// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;

/**
 * What a list of tables says of each; a small part of its definition, and a small part of the work to read it. Immutable.
 *
 * @param id its name
 * @param type which of the types of table it is of
 * @param schemaVersion number of the current version of its columns, from 1 on
 * @param comment free text, or null
 * @param createdAt when it was created
 * @param updatedAt when its definition was changed last
 */
public record TableSummary(
        TableId id,
        TableType type,
        int schemaVersion,
        @Nullable String comment,
        Instant createdAt,
        Instant updatedAt) {
    /** That of a definition. */
    public static TableSummary of(TableDefinition table) {
        return new TableSummary(
                table.id(), table.type(), table.schemaVersion(), table.comment(), table.createdAt(), table.updatedAt());
    }
}
