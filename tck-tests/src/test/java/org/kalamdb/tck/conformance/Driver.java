// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conformance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A driver that claims to do what JDBC says, with one database for all tests. */
enum Driver {
    KALAMDB("jdbc:kalamdb:mem:conformance"),
    H2("jdbc:h2:mem:conformance;LOCK_TIMEOUT=2000"),
    DERBY("jdbc:derby:memory:conformance;create=true");

    static {
        System.setProperty("derby.stream.error.file", "target/derby.log");
        System.setProperty("derby.locks.waitTimeout", "1");
    }

    private final String url;

    Driver(String url) {
        this.url = url;
    }

    String url() {
        return url;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }
}
