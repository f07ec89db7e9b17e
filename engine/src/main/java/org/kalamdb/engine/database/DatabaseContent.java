// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.database;

/**
 * What the sessions of a database work with: the same parts all the time, or, if another process writes, parts that each
 * show a later moment. Safe for use by several threads.
 */
public interface DatabaseContent extends AutoCloseable {
    /** The parts for a new session, which must give them back. */
    OpenDatabase acquire();

    /**
     * The parts for a session that holds none of the rows of those it has: the same, or, in exchange for them, newer ones.
     */
    OpenDatabase renew(OpenDatabase held);

    /** Takes back what a session had. */
    void release(OpenDatabase held);

    /** Closes all parts. */
    @Override
    void close();
}
