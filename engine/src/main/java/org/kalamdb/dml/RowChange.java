// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

/** What a statement does to the rows of its table. Safe for use by several threads. */
interface RowChange {
    /** @param rows writes to that table */
    void run(WriteContext context, RowWriter rows, WrittenRows written);
}
