// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ClientInfoStatus;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;

/** Chapter 9. */
final class ConnectionsTest extends Chapter {
    @Override
    void sentences() {
        says("a driver is found by its URL", f -> {
            java.sql.Driver driver = DriverManager.getDriver(f.driver().url());
            assertThat(driver.acceptsURL(f.driver().url())).isTrue();
            assertThat(driver.acceptsURL("jdbc:nosuchdriver:x")).isFalse();
        });
        says(
                "connect answers null for the URL of another driver",
                f -> assertThat(DriverManager.getDriver(f.driver().url())
                                .connect("jdbc:nosuchdriver:x", new Properties()))
                        .isNull());
        says(
                "properties are described without a connection",
                f -> assertThat(DriverManager.getDriver(f.driver().url())
                                .getPropertyInfo(f.driver().url(), new Properties()))
                        .isNotNull());
        says("a new connection is in auto-commit mode and can write", f -> {
            assertThat(f.connection().getAutoCommit()).isTrue();
            assertThat(f.connection().isReadOnly()).isFalse();
            assertThat(f.connection().isClosed()).isFalse();
        });
        says("an open connection is valid, a closed one is not", f -> {
            Connection other = f.other();
            assertThat(other.isValid(1)).isTrue();
            other.close();
            assertThat(other.isValid(1)).isFalse();
        });
        says(
                        "isValid refuses a negative timeout",
                        f -> assertThatThrownBy(() -> f.connection().isValid(-1))
                                .isInstanceOf(SQLException.class))
                .except(Driver.H2, "takes any number");
        says("close on a closed connection does nothing", f -> {
            Connection other = f.other();
            other.close();
            other.close();
            assertThat(other.isClosed()).isTrue();
        });
        says("methods of a closed connection throw", f -> {
            Connection other = f.other();
            other.close();
            assertThatThrownBy(other::createStatement).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> other.prepareStatement("x")).isInstanceOf(SQLException.class);
            assertThatThrownBy(other::getAutoCommit).isInstanceOf(SQLException.class);
            assertThatThrownBy(other::getMetaData).isInstanceOf(SQLException.class);
            assertThatThrownBy(other::clearWarnings).isInstanceOf(SQLException.class);
        });
        says("closing a connection closes its statements", f -> {
                    Connection other = f.other();
                    Statement statement = other.createStatement();
                    PreparedStatement prepared = other.prepareStatement("SELECT id FROM " + f.table());
                    ResultSet rows = prepared.executeQuery();
                    other.close();
                    assertThat(statement.isClosed()).isTrue();
                    assertThat(prepared.isClosed()).isTrue();
                    assertThat(rows.isClosed()).isTrue();
                    assertThatThrownBy(rows::next).isInstanceOf(SQLException.class);
                })
                .except(Driver.H2, "says that they are open, though they cannot be used");
        says("abort closes a connection", f -> {
                    Connection other = f.other();
                    other.abort(Runnable::run);
                    assertThat(other.isClosed()).isTrue();
                    other.abort(Runnable::run);
                })
                .except(Driver.H2, "does nothing");
        says(
                        "abort needs an executor",
                        f -> assertThatThrownBy(() -> f.connection().abort(null))
                                .isInstanceOf(SQLException.class))
                .except(Driver.H2, "does without");
        says("client information that is not known is no error of setClientInfo", f -> {
                    try {
                        f.connection().setClientInfo("NoSuchProperty", "x");
                    } catch (SQLClientInfoException e) {
                        assertThat(e.getFailedProperties())
                                .containsEntry("NoSuchProperty", ClientInfoStatus.REASON_UNKNOWN_PROPERTY);
                    }
                })
                .except(Driver.H2, "throws without saying which");
        says("setClientInfo on a closed connection throws", f -> {
            Connection other = f.other();
            other.close();
            assertThatThrownBy(() -> other.setClientInfo("ApplicationName", "x"))
                    .isInstanceOf(SQLClientInfoException.class);
        });
        says("the schema of a connection is the one that unqualified names are found in", f -> {
            String schema = f.connection().getSchema();
            try (ResultSet rows = f.connection()
                    .getMetaData()
                    .getTables(
                            null,
                            schema,
                            f.connection().getMetaData().storesUpperCaseIdentifiers()
                                    ? f.table().toUpperCase(Locale.ROOT)
                                    : f.table(),
                            null)) {
                assertThat(rows.next()).isTrue();
            }
        });
        says(
                "the type map of a connection is empty at first",
                f -> assertThat(f.connection().getTypeMap())
                        .satisfiesAnyOf(
                                map -> assertThat(map).isNull(),
                                map -> assertThat(map).isEmpty()));
        says("an object wraps itself", f -> {
            assertThat(f.connection().isWrapperFor(Connection.class)).isTrue();
            assertThat(f.connection().unwrap(Connection.class)).isNotNull();
        });
        says("what an object is no wrapper for cannot be unwrapped", f -> {
            assertThat(f.connection().isWrapperFor(ResultSet.class)).isFalse();
            assertThatThrownBy(() -> f.connection().unwrap(ResultSet.class)).isInstanceOf(SQLException.class);
        });
        says(
                "nativeSQL answers a text without escapes as it is",
                f -> assertThat(f.connection().nativeSQL("SELECT 1")).isEqualTo("SELECT 1"));
    }
}
