// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.cursor.MemoryCursor;
import org.kalamdb.type.KalamDataType;

/** What a forward-only, read-only result set cannot do says so in the driver's own words. */
final class UnsupportedMethodsTest {
    private static final Set<String> SCROLLING =
            Set.of("beforeFirst", "afterLast", "first", "last", "absolute", "relative", "previous");
    private static final Set<String> CHANGING =
            Set.of("insertRow", "deleteRow", "refreshRow", "cancelRowUpdates", "moveToInsertRow", "moveToCurrentRow");
    private static final Set<String> MISSING_TYPES = Set.of("getRef", "getRowId", "getCursorName");

    static Stream<Method> unsupported() {
        return methods(method -> SCROLLING.contains(method.getName())
                || MISSING_TYPES.contains(method.getName())
                || takesMissingType(method));
    }

    static Stream<Method> changing() {
        return methods(method -> CHANGING.contains(method.getName())
                || (method.getName().startsWith("update") && !takesMissingType(method)));
    }

    private static Stream<Method> methods(Predicate<Method> chosen) {
        return Arrays.stream(ResultSet.class.getMethods()).filter(chosen);
    }

    private static boolean takesMissingType(Method method) {
        return Set.of("updateRef", "updateRowId").contains(method.getName());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsupported")
    void areRefusedWithAHint(Method method) {
        assertRefused(method, ErrorCode.NOT_SUPPORTED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changing")
    void changesAreRefused(Method method) {
        assertRefused(method, ErrorCode.INVALID_CURSOR);
    }

    private static void assertRefused(Method method, ErrorCode code) {
        JdbcResultSet rows = new JdbcResultSet(new MemoryCursor(
                List.of(MemoryCursor.column("n", KalamDataType.INT, false)), List.<Object[]>of(new Object[] {1})));
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(UnsupportedMethodsTest::anything)
                .toArray();

        assertThatThrownBy(() -> {
                    rows.next();
                    method.invoke(rows, arguments);
                })
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(code.number()));
    }

    /** The first element of a new array is false or zero. */
    private static Object anything(Class<?> type) {
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        if (type == SQLType.class) {
            return JDBCType.INTEGER;
        }
        return type == String.class ? "n" : null;
    }
}
