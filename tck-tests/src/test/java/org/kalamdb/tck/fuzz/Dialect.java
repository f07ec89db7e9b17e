// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

/** Who reads a text of SQL. */
enum Dialect {
    KALAMDB,
    DUCKDB
}
