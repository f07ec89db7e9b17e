// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import org.kalamdb.schema.TableId;

/**
 * A column of an index as a row; the primary key and unique constraints count as indexes. Immutable.
 *
 * @param table the table
 * @param indexName name of the index or constraint
 * @param unique whether two rows may not agree on all its columns
 * @param ordinalPosition 1-based position in the index
 * @param columnName the column
 */
public record IndexInfo(TableId table, String indexName, boolean unique, int ordinalPosition, String columnName) {}
