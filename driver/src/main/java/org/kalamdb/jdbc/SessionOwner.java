// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.kalamdb.engine.Session;

/** Who has lent a connection its session, and is told what becomes of it. Safe for use by several threads. */
interface SessionOwner {
    /** A connection that has a session to itself. */
    SessionOwner CONNECTION = new SessionOwner() {};

    /** Takes the session back from a connection that is closed, while nobody else calls it. */
    default void giveBack(Session session) {
        session.close();
    }

    /** The connection was closed by who uses it, and the session was given back. */
    default void closed() {}

    /** Something has happened after which neither the connection nor the session is of use. */
    default void failed(SQLException failure) {}

    /** A statement of the connection was closed. */
    default void statementClosed(PreparedStatement statement) {}

    /** A statement of the connection cannot be run any more. */
    default void statementFailed(PreparedStatement statement, SQLException failure) {}
}
