// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Calls every method of every interface of JDBC: each answers or fails as JDBC says, with a {@link SQLException}. Those that
 * are not supported are those that the documentation lists.
 */
final class JdbcInterfacesTest {
    /** Methods that the interfaces themselves refuse, without a state. */
    private static final Set<String> AS_DEFINED = Set.of(
            "setShardingKey",
            "setShardingKeyIfValid",
            "createConnectionBuilder",
            "createShardingKeyBuilder",
            "createPooledConnectionBuilder",
            "createXAConnectionBuilder");

    /** Methods that are to fail with a NullPointerException of null. */
    private static final Set<String> AGAINST_NULL =
            Set.of("enquoteIdentifier", "enquoteLiteral", "enquoteNCharLiteral", "isSimpleIdentifier");

    private static final Path DOCUMENT = Path.of("..", "docs", "jdbc.md");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (`.*?`) \\|.*");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    /** May be called at any time. */
    private static final Set<String> ALWAYS =
            Set.of("close", "isClosed", "abort", "isValid", "free", "unwrap", "isWrapperFor");

    private final JdbcObjects objects = new JdbcObjects();

    @BeforeEach
    void open() throws SQLException {
        objects.open();
    }

    @AfterEach
    void close() throws SQLException {
        objects.close();
    }

    /** How an object of an interface is made, on a connection of its own. */
    private static final Map<Class<?>, JdbcObjects.Maker> MAKERS = makers();

    private static Map<Class<?>, JdbcObjects.Maker> makers() {
        Map<Class<?>, JdbcObjects.Maker> makers = new TreeMap<>(Comparator.comparing(Class::getSimpleName));
        makers.put(Driver.class, objects -> objects.driver());
        makers.put(DataSource.class, JdbcObjects::dataSource);
        makers.put(ConnectionPoolDataSource.class, JdbcObjects::dataSource);
        makers.put(XADataSource.class, JdbcObjects::dataSource);
        makers.put(PooledConnection.class, objects -> objects.dataSource().getPooledConnection());
        makers.put(XAConnection.class, objects -> objects.dataSource().getXAConnection());
        makers.put(Connection.class, JdbcObjects::connection);
        makers.put(Statement.class, objects -> objects.connection().createStatement());
        makers.put(PreparedStatement.class, JdbcObjects::preparedStatement);
        makers.put(CallableStatement.class, JdbcObjects::callableStatement);
        makers.put(ResultSet.class, JdbcObjects::resultSet);
        makers.put(DatabaseMetaData.class, objects -> objects.connection().getMetaData());
        makers.put(ResultSetMetaData.class, objects -> objects.resultSet().getMetaData());
        makers.put(
                ParameterMetaData.class, objects -> objects.preparedStatement().getParameterMetaData());
        makers.put(Savepoint.class, JdbcObjects::savepoint);
        makers.put(Blob.class, objects -> objects.argument(Blob.class));
        makers.put(Clob.class, objects -> objects.argument(Clob.class));
        makers.put(NClob.class, objects -> objects.argument(NClob.class));
        makers.put(SQLXML.class, objects -> objects.argument(SQLXML.class));
        makers.put(Array.class, objects -> objects.argument(Array.class));
        return makers;
    }

    @TestFactory
    Stream<DynamicTest> everyMethodAnswersOrIsListed() throws IOException {
        Map<String, Set<String>> listed = listed();
        assertThat(MAKERS.keySet().stream().map(Class::getSimpleName)).containsAll(listed.keySet());
        return MAKERS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey().getSimpleName(), () -> {
                    Set<String> unsupported = new TreeSet<>();
                    for (Method method : methods(entry.getKey())) {
                        Throwable failure = call(objects.make(entry.getValue()), method);
                        if (failure instanceof SQLFeatureNotSupportedException) {
                            unsupported.add(method.getName());
                        } else {
                            requireSqlException(method, failure);
                        }
                    }
                    assertThat(unsupported)
                            .as("what is listed in %s", DOCUMENT)
                            .isEqualTo(listed.getOrDefault(entry.getKey().getSimpleName(), Set.of()));
                }));
    }

    @TestFactory
    Stream<DynamicTest> closedObjectsRefuseCalls() {
        return Stream.of(
                        Connection.class,
                        Statement.class,
                        PreparedStatement.class,
                        CallableStatement.class,
                        ResultSet.class,
                        Blob.class,
                        Clob.class,
                        NClob.class,
                        SQLXML.class,
                        Array.class)
                .map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> {
                    Set<String> answering = new TreeSet<>();
                    for (Method method : methods(type)) {
                        Object object = JdbcObjects.end(objects.make(MAKERS.get(type)));
                        Throwable failure = call(object, method);
                        requireSqlException(method, failure);
                        if (failure == null && !ALWAYS.contains(method.getName())) {
                            answering.add(method.getName());
                        }
                    }
                    assertThat(answering)
                            .as("what a closed %s answers", type.getSimpleName())
                            .isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> objectsOfAClosedConnectionRefuseCalls() {
        return Stream.of(Statement.class, PreparedStatement.class, CallableStatement.class, ResultSet.class)
                .map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> {
                    Set<String> answering = new TreeSet<>();
                    for (Method method : methods(type)) {
                        Object object = objects.make(MAKERS.get(type));
                        objects.connection().close();
                        Throwable failure = call(object, method);
                        requireSqlException(method, failure);
                        if (failure == null && !ALWAYS.contains(method.getName())) {
                            answering.add(method.getName());
                        }
                    }
                    assertThat(answering)
                            .as("what a %s of a closed connection answers", type.getSimpleName())
                            .isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> nullsAndNumbersOutOfRangeAreAnsweredOrRefused() {
        return MAKERS.entrySet().stream()
                .filter(entry -> entry.getKey().getPackageName().equals("java.sql"))
                .map(entry -> DynamicTest.dynamicTest(entry.getKey().getSimpleName(), () -> {
                    for (Method method : methods(entry.getKey())) {
                        for (int number : List.of(1, 0, -1, Integer.MAX_VALUE)) {
                            requireRefusal(method, objects.make(entry.getValue()), number);
                        }
                    }
                }));
    }

    private static void requireRefusal(Method method, Object object, int number) throws Exception {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> JdbcObjects.worstArgument(type, number))
                .toArray();
        Throwable failure = call(object, method, arguments);
        if (!(failure instanceof NullPointerException && AGAINST_NULL.contains(method.getName()))) {
            requireSqlException(method, failure);
        }
    }

    @Test
    void closingIsForAllThatCanBeClosed() throws Exception {
        for (JdbcObjects.Maker maker : MAKERS.values()) {
            Object object = objects.make(maker);
            if (object instanceof AutoCloseable closeable) {
                closeable.close();
                closeable.close();
            }
        }
    }

    private static List<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(Method::toString))
                .toList();
    }

    private static void requireSqlException(Method method, @Nullable Throwable failure) {
        assertThat(failure == null || failure instanceof SQLException)
                .as("%s fails with %s", method, failure)
                .isTrue();
        if (failure instanceof SQLException refusal && !AS_DEFINED.contains(method.getName())) {
            requireComplete(method, refusal);
        }
    }

    /** An error has a state, a number, the class of its state and a plain sentence. */
    private static void requireComplete(Method method, SQLException refusal) {
        String what = method + ": " + refusal;
        assertThat(refusal.getSQLState()).as(what).matches("[0-9A-Z]{5}");
        assertThat(refusal.getErrorCode()).as(what).isPositive();
        assertThat(refusal.getMessage()).as(what).matches("\\p{Lu}[^\\n]*[^.\\s]");
        assertThat(refusal instanceof SQLFeatureNotSupportedException)
                .as(what)
                .isEqualTo(refusal.getSQLState().startsWith("0A"));
    }

    private @Nullable Throwable call(Object object, Method method) throws Exception {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = objects.argument(method, i);
        }
        return call(object, method, arguments);
    }

    private static @Nullable Throwable call(Object object, Method method, Object[] arguments) throws Exception {
        try {
            method.invoke(object, arguments);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }

    /** The methods that the document says are not supported, by interface. */
    private static Map<String, Set<String>> listed() throws IOException {
        Map<String, Set<String>> listed = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && Character.isUpperCase(row.group(1).charAt(0)) && isInterface(row.group(1))) {
                Matcher names = NAME.matcher(row.group(2));
                Set<String> methods = listed.computeIfAbsent(row.group(1), name -> new TreeSet<>());
                while (names.find()) {
                    methods.add(names.group(1));
                }
            }
        }
        return listed;
    }

    private static boolean isInterface(String name) {
        return MAKERS.keySet().stream().anyMatch(type -> type.getSimpleName().equals(name));
    }
}
