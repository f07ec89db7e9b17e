// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The metadata says of every two types whether the escape {@code {fn CONVERT(..)}} converts one to the other. */
final class ConvertEscapeTest {
    @Test
    void convertsWhatTheMetadataSays() throws SQLException {
        try (Client client = new Client(TestDatabases.freshMemoryUrl())) {
            Connection connection = client.connection();
            client.run(
                    "CREATE TABLE t (a BOOLEAN, b SMALLINT, c INT, d BIGINT, e FLOAT, f DOUBLE, g DECIMAL(10, 2), h TEXT, i JSON,"
                            + " j BYTES, k UUID, l DATE, m TIME, n TIMESTAMP, o DATETIME, p EMBEDDING(3))");
            List<String> surprises = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
                ResultSetMetaData columns = rows.getMetaData();
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    for (JDBCType target : JDBCType.values()) {
                        boolean said = connection
                                .getMetaData()
                                .supportsConvert(columns.getColumnType(column), target.getVendorTypeNumber());
                        if (said != converts(connection, columns.getColumnName(column), target)) {
                            surprises.add(columns.getColumnTypeName(column) + " to " + target + ": " + said);
                        }
                    }
                }
            }
            assertThat(surprises).isEmpty();
            assertThat(connection.getMetaData().supportsConvert()).isTrue();
        }
    }

    private static boolean converts(Connection connection, String column, JDBCType target) {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT {fn CONVERT(" + column + ", SQL_" + target + ")} FROM t")) {
            return !rows.next();
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isIn("22018", "42804", "42601", "42704", "0A000");
            return false;
        }
    }
}
