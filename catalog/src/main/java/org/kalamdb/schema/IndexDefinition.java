// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A secondary index. Immutable.
 *
 * @param indexId stable number, at least 1, never reused in the database
 * @param name unique in its namespace
 * @param columns names in key order, at least one, each once
 * @param unique whether two rows may not agree on all columns
 */
public record IndexDefinition(long indexId, String name, List<String> columns, boolean unique) {
    public IndexDefinition {
        Names.requireIndex(name);
        requireNonNull(columns, "columns is null");
        if (indexId < 1) {
            throw Definitions.invalid(
                    "Invalid id of index " + Names.quote(name) + ": must be at least 1, got: " + indexId);
        }
        columns = Definitions.distinctColumns("index", name, columns);
    }

    IndexDefinition withColumnRenamed(String from, String to) {
        return new IndexDefinition(indexId, name, Definitions.renamed(columns, from, to), unique);
    }
}
