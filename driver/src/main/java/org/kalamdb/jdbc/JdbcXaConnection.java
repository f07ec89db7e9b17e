// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.kalamdb.engine.Session;
import org.kalamdb.jdbc.settings.ConnectionSettings;

/** A pooled connection that takes part in global transactions. Confined to one thread, except for its resource. */
final class JdbcXaConnection extends JdbcPooledConnection implements XAConnection {
    private final JdbcXaResource resource;

    JdbcXaConnection(Session session, ConnectionSettings settings) {
        super(session, settings);
        this.resource = new JdbcXaResource(this);
    }

    @Override
    public XAResource getXAResource() {
        return resource;
    }
}
