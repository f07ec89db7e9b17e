// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.cursor.MemoryCursor;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.type.KalamDataType;

/**
 * The value of an EMBEDDING as an array of FLOAT. {@link #getArray()} answers a {@code float[]}, a copy. Confined to one
 * thread.
 */
final class JdbcArray implements Array {
    private float @Nullable [] elements;

    /** @param elements owned by this array from now on */
    JdbcArray(float[] elements) {
        this.elements = elements;
    }

    /** @param elements numbers, none of them null */
    static JdbcArray of(@Nullable Object[] elements) throws SQLException {
        float[] floats = new float[elements.length];
        for (int i = 0; i < floats.length; i++) {
            if (!(elements[i] instanceof Number number)) {
                throw SqlExceptions.error(
                        ErrorCode.INVALID_PARAMETER,
                        "Invalid array of FLOAT: element " + (i + 1) + " must be a number, got: " + elements[i]);
            }
            floats[i] = number.floatValue();
        }
        return new JdbcArray(floats);
    }

    @Override
    public String getBaseTypeName() throws SQLException {
        live();
        return "FLOAT";
    }

    @Override
    public int getBaseType() throws SQLException {
        live();
        return Types.REAL;
    }

    @Override
    public Object getArray() throws SQLException {
        return live().clone();
    }

    @Override
    public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
        requireNoMap(map);
        return getArray();
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        return slice(index, count);
    }

    @Override
    public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map) throws SQLException {
        requireNoMap(map);
        return slice(index, count);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return rows(1, live());
    }

    @Override
    public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
        requireNoMap(map);
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        return rows(index, slice(index, count));
    }

    @Override
    public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map) throws SQLException {
        requireNoMap(map);
        return getResultSet(index, count);
    }

    @Override
    public void free() {
        elements = null;
    }

    private float[] live() throws SQLException {
        float[] live = elements;
        if (live == null) {
            throw SqlExceptions.closed("array");
        }
        return live;
    }

    /** @param index 1-based */
    private float[] slice(long index, int count) throws SQLException {
        float[] live = live();
        if (index < 1 || count < 0 || index - 1 + count > live.length) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_PARAMETER,
                    "Invalid part of an array of " + live.length + " elements: from " + index + ", count " + count);
        }
        return Arrays.copyOfRange(live, (int) index - 1, (int) index - 1 + count);
    }

    private static ResultSet rows(long firstIndex, float[] values) {
        List<@Nullable Object[]> rows = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            rows.add(new Object[] {(int) firstIndex + i, values[i]});
        }
        return new JdbcResultSet(new MemoryCursor(
                List.of(
                        MemoryCursor.column("index", KalamDataType.INT, false),
                        MemoryCursor.column("value", KalamDataType.FLOAT, false)),
                rows));
    }

    private static void requireNoMap(@Nullable Map<String, Class<?>> map) throws SQLException {
        if (map != null && !map.isEmpty()) {
            throw SqlExceptions.notSupported("There are no user-defined types to map");
        }
    }

    @Override
    public String toString() {
        return elements == null ? "JdbcArray[freed]" : Arrays.toString(elements);
    }
}
