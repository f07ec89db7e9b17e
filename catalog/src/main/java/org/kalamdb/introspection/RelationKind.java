// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

/** What can be selected from, in the order of {@link #jdbcName()}. */
public enum RelationKind {
    SYSTEM_TABLE("SYSTEM TABLE"),
    TABLE("TABLE"),
    VIEW("VIEW");

    private final String jdbcName;

    RelationKind(String jdbcName) {
        this.jdbcName = jdbcName;
    }

    /** {@code TABLE_TYPE} in JDBC. */
    public String jdbcName() {
        return jdbcName;
    }
}
