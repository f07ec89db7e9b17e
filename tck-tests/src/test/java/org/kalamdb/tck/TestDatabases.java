// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections to databases that no other test shares. */
public final class TestDatabases {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** Properties for all connections of tests that do not say otherwise, as they stand in a URL; empty for none. */
    private static final String PROPERTIES = System.getProperty("kalamdb.properties", "");

    private TestDatabases() {}

    /** The URL of a database in memory that does not exist yet. */
    public static String freshMemoryUrl() {
        return "jdbc:kalamdb:mem:tck" + COUNTER.incrementAndGet();
    }

    /** The URL of the database in a folder. */
    public static String url(Path folder) {
        return "jdbc:kalamdb:" + folder;
    }

    public static Connection connect(String url) {
        boolean changed = !PROPERTIES.isEmpty() && url.startsWith("jdbc:kalamdb:");
        String more = (url.contains("?") ? "&" : "?") + PROPERTIES;
        try {
            return DriverManager.getConnection(changed ? url + more : url);
        } catch (SQLException e) {
            throw new AssertionError("Cannot connect to " + url, e);
        }
    }

    /** Connects as that user. */
    public static Connection connectAs(String user, String url) {
        return connect(url + "?user=" + user);
    }
}
