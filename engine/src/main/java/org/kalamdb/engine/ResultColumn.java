// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.type.KalamDataType;

/**
 * One column of a result. Immutable.
 *
 * @param label the name in the result: the alias if there is one
 * @param type the type of its values
 * @param nullable whether NULL can occur
 * @param table the table it comes from unchanged, or null for an expression
 * @param origin the column of {@code table} it comes from, or null for an expression
 */
public record ResultColumn(
        String label,
        KalamDataType type,
        boolean nullable,
        @Nullable TableId table,
        @Nullable ColumnDefinition origin) {}
