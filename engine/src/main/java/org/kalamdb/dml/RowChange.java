// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

/** What a statement does to the rows of its table. Safe for use by several threads. */
interface RowChange {
    void run(WriteContext context, WrittenRows written);
}
