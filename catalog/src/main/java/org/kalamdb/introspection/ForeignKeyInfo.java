// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.Constraint.ReferentialAction;
import org.kalamdb.schema.TableId;

/**
 * A column of a foreign key as a row. Immutable.
 *
 * @param primaryTable the table that is referenced
 * @param primaryColumn the column that is referenced
 * @param foreignTable the table that references
 * @param foreignColumn the column that references
 * @param keySequence 1-based position in the key
 * @param onUpdate what a change of the referenced column does
 * @param onDelete what a delete of the referenced row does
 * @param foreignKeyName name of the foreign key
 * @param primaryKeyName name of the key that is referenced, or null if the columns are no key
 */
public record ForeignKeyInfo(
        TableId primaryTable,
        String primaryColumn,
        TableId foreignTable,
        String foreignColumn,
        int keySequence,
        ReferentialAction onUpdate,
        ReferentialAction onDelete,
        String foreignKeyName,
        @Nullable String primaryKeyName) {}
