// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import org.kalamdb.index.Indexes;
import org.kalamdb.storage.TableStore;

/**
 * Where constraints look for rows. Immutable.
 *
 * @param tables the rows
 * @param indexes their indexes
 */
record RowAccess(TableStore tables, Indexes indexes) {}
