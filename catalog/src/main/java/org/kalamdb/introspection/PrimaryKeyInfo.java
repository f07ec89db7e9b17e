// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import org.kalamdb.schema.TableId;

/**
 * A column of a primary key as a row. Immutable.
 *
 * @param table the table
 * @param columnName the column
 * @param keySequence 1-based position in the key
 * @param keyName name of the constraint
 */
public record PrimaryKeyInfo(TableId table, String columnName, int keySequence, String keyName) {}
