// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.List;
import org.kalamdb.schema.TableDefinition;

/**
 * What rows of a table must satisfy besides their types and NOT NULL. Safe for use by several threads.
 *
 * @param checks its check constraints
 * @param references its foreign keys
 * @param referencedBy the foreign keys to it, its own included
 */
record TableConstraints(
        TableDefinition table,
        CheckConstraints checks,
        List<Relationship> references,
        List<Relationship> referencedBy) {
    TableConstraints {
        references = List.copyOf(references);
        referencedBy = List.copyOf(referencedBy);
    }

    boolean isEmpty() {
        return checks.isEmpty() && references.isEmpty() && referencedBy.isEmpty();
    }

    /** Whether it matters what a row was before it changed. */
    boolean needOldRows() {
        return !references.isEmpty() || !referencedBy.isEmpty();
    }
}
