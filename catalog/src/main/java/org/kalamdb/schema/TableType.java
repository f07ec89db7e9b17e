// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

/** The four kinds of table. */
public enum TableType {
    /** Each user sees only their own rows; options are {@link TableOptions.User}. */
    USER,
    /** One copy of the rows for everyone; options are {@link TableOptions.Shared}. */
    SHARED,
    /** Rows expire; each user sees only their own; options are {@link TableOptions.Stream}. */
    STREAM,
    /** The engine's own; options are {@link TableOptions.System}. */
    SYSTEM
}
