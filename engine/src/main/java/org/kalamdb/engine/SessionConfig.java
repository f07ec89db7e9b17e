// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

/**
 * Who opens a session and how. Immutable.
 *
 * @param user the acting user, whose rows of USER and STREAM tables it sees; not empty
 * @param namespace the current namespace at the start
 * @param access what it may do with the database
 * @param transactions how its transactions run unless something else is said
 * @param resources what it changes for all sessions of the database
 */
public record SessionConfig(
        String user, String namespace, Access access, TransactionSettings transactions, ResourceSettings resources) {
    public static final String DEFAULT_USER = "root";
    public static final String DEFAULT_NAMESPACE = "main";
}
