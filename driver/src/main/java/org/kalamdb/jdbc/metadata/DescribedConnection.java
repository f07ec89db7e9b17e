// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.metadata;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.Session;

/** What metadata asks of the connection that it describes. Confined to one thread. */
public interface DescribedConnection extends Connection {
    /** The URL it was made with, without properties. */
    String url();

    /** The names of the client properties that it keeps. */
    List<String> clientInfoNames();

    /**
     * Asks the session something while nobody else does.
     *
     * @throws SQLException if the connection is closed or the session fails
     */
    <T> T call(Function<Session, T> question) throws SQLException;

    /** Rows that belong to no statement, as a result set. */
    ResultSet show(ResultCursor rows);
}
