// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

/** Who may read and write a SHARED table. */
public enum AccessLevel {
    PUBLIC,
    PRIVATE,
    RESTRICTED,
    DBA
}
