// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Calendar;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import javax.xml.transform.dom.DOMResult;
import javax.xml.transform.dom.DOMSource;
import org.jspecify.annotations.Nullable;
import org.kalamdb.jdbc.KalamDataSource;

/** Objects of the interfaces of JDBC, and ordinary arguments for their methods. */
final class JdbcObjects implements AutoCloseable {
    private final String url = TestDatabases.freshMemoryUrl();
    private @Nullable Connection keeper;
    private @Nullable Connection last;

    /** How an object is made. */
    @FunctionalInterface
    interface Maker {
        Object make(JdbcObjects objects) throws SQLException;
    }

    void open() throws SQLException {
        keeper = TestDatabases.connect(url);
        try (Statement statement = keeper.createStatement()) {
            statement.execute("CREATE TABLE t (id INT PRIMARY KEY, n INT, text TEXT)");
            statement.execute("INSERT INTO t VALUES (1, 1, 'one'), (2, 2, 'two')");
        }
    }

    @Override
    public void close() throws SQLException {
        forgetConnection();
        if (keeper != null) {
            keeper.close();
        }
    }

    /** Makes an object on a new connection. */
    Object make(Maker maker) throws SQLException {
        forgetConnection();
        return maker.make(this);
    }

    private void forgetConnection() throws SQLException {
        if (last != null) {
            last.close();
            last = null;
        }
    }

    Driver driver() throws SQLException {
        return DriverManager.getDriver(url);
    }

    KalamDataSource dataSource() {
        KalamDataSource source = new KalamDataSource();
        source.setUrl(url);
        return source;
    }

    /** A new connection unless the last one made is open still. */
    Connection connection() throws SQLException {
        if (last == null || last.isClosed()) {
            last = TestDatabases.connect(url);
        }
        return last;
    }

    PreparedStatement preparedStatement() throws SQLException {
        PreparedStatement statement = connection().prepareStatement("SELECT id, n FROM t WHERE id = ? AND n = ?");
        statement.setInt(1, 1);
        statement.setInt(2, 1);
        return statement;
    }

    CallableStatement callableStatement() throws SQLException {
        CallableStatement statement = connection().prepareCall("{? = call mod(?, ?)}");
        statement.registerOutParameter(1, Types.INTEGER);
        statement.setInt(2, 7);
        statement.setInt(3, 3);
        statement.execute();
        return statement;
    }

    /** At a row that can be changed. */
    ResultSet resultSet() throws SQLException {
        ResultSet rows = connection()
                .createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)
                .executeQuery("SELECT n, id, text FROM t ORDER BY id");
        rows.next();
        return rows;
    }

    Savepoint savepoint() throws SQLException {
        Connection connection = connection();
        connection.setAutoCommit(false);
        return connection.setSavepoint("n");
    }

    /** Closes or frees an object. */
    static Object end(Object object) throws Exception {
        if (object instanceof AutoCloseable closeable) {
            closeable.close();
        } else if (object instanceof Blob blob) {
            blob.free();
        } else if (object instanceof Clob clob) {
            clob.free();
        } else if (object instanceof SQLXML xml) {
            xml.free();
        } else {
            ((Array) object).free();
        }
        return object;
    }

    /** An ordinary argument for a parameter of a method. */
    @Nullable
    Object argument(Method method, int parameter) throws SQLException {
        Class<?> type = method.getParameterTypes()[parameter];
        String name = method.getName();
        if (type == String.class && parameter == 0) {
            if (name.equals("prepareCall")) {
                return "{call upper(?)}";
            }
            if (name.startsWith("execute") || name.startsWith("prepare") || name.equals("addBatch")) {
                return name.contains("Update") || name.equals("addBatch")
                        ? "UPDATE t SET n = 1 WHERE id = 1"
                        : "SELECT n FROM t";
            }
            if (name.equals("createArrayOf")) {
                return "FLOAT";
            }
            if (name.equals("connect") || name.equals("acceptsURL") || name.equals("getPropertyInfo")) {
                return url;
            }
        }
        if (type == int.class && name.equals("setTransactionIsolation")) {
            return Connection.TRANSACTION_SERIALIZABLE;
        }
        if (type == int.class && name.startsWith("setFetchDirection")) {
            return ResultSet.FETCH_FORWARD;
        }
        if (type == Object[].class && name.equals("createArrayOf")) {
            return new Object[] {1f};
        }
        if (name.equals("getSource")) {
            return DOMSource.class;
        }
        return name.equals("setResult") ? DOMResult.class : argument(type);
    }

    /** An ordinary value of a type. */
    @Nullable
    Object argument(Class<?> type) throws SQLException {
        if (type.isPrimitive()) {
            return primitive(type, 1);
        }
        if (type == Blob.class) {
            Blob blob = connection().createBlob();
            blob.setBytes(1, new byte[] {1});
            return blob;
        }
        if (type == Clob.class || type == NClob.class) {
            NClob clob = connection().createNClob();
            clob.setString(1, "1");
            return clob;
        }
        if (type == SQLXML.class) {
            SQLXML xml = connection().createSQLXML();
            xml.setString("<n>1</n>");
            return xml;
        }
        if (type == Array.class) {
            return connection().createArrayOf("FLOAT", new Object[] {1f});
        }
        if (type == Class.class) {
            return String.class;
        }
        if (type == InputStream.class) {
            return new ByteArrayInputStream(new byte[] {'1'});
        }
        if (type == Reader.class) {
            return new StringReader("1");
        }
        return value(type);
    }

    private static @Nullable Object value(Class<?> type) {
        try {
            return VALUES.containsKey(type)
                    ? VALUES.get(type)
                    : type == java.net.URL.class ? URI.create("file:///1").toURL() : null;
        } catch (java.net.MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(String.class, "n"),
            Map.entry(Object.class, 1),
            Map.entry(BigDecimal.class, BigDecimal.ONE),
            Map.entry(byte[].class, new byte[] {1}),
            Map.entry(int[].class, new int[] {1}),
            Map.entry(String[].class, new String[] {"n"}),
            Map.entry(Object[].class, new Object[] {"n"}),
            Map.entry(Date.class, new Date(0)),
            Map.entry(Time.class, new Time(0)),
            Map.entry(Timestamp.class, new Timestamp(0)),
            Map.entry(Calendar.class, Calendar.getInstance()),
            Map.entry(SQLType.class, JDBCType.INTEGER),
            Map.entry(Map.class, Map.of()),
            Map.entry(Properties.class, new Properties()),
            Map.entry(Executor.class, (Executor) Runnable::run));

    /** Null for an object, a number for a number. */
    static @Nullable Object worstArgument(Class<?> type, int number) {
        return type.isPrimitive() ? primitive(type, number) : null;
    }

    private static Object primitive(Class<?> type, int number) {
        if (type == boolean.class) {
            return number > 0;
        }
        if (type == byte.class) {
            return (byte) number;
        }
        if (type == short.class) {
            return (short) number;
        }
        if (type == int.class) {
            return number;
        }
        if (type == long.class) {
            return (long) number;
        }
        return type == float.class ? (float) number : (Object) (double) number;
    }
}
