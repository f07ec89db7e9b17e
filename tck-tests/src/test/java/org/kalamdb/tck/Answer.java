// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a query as values that two databases can be compared by. Immutable.
 *
 * @param labels of the columns
 * @param rows each with one value per column: null, Boolean, BigDecimal, Double, String or a {@code java.time} value
 */
public record Answer(List<String> labels, List<List<@Nullable Object>> rows) {
    public static Answer of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return read(rows);
        }
    }

    public static Answer read(ResultSet from) throws SQLException {
        ResultSetMetaData metaData = from.getMetaData();
        int width = metaData.getColumnCount();
        List<String> labels = new ArrayList<>();
        for (int column = 1; column <= width; column++) {
            labels.add(metaData.getColumnLabel(column));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (from.next()) {
            List<@Nullable Object> row = new ArrayList<>(width);
            for (int column = 1; column <= width; column++) {
                Object value = from.getObject(column);
                // Of a Time that JDBC knows parts of a second are left out.
                row.add(value instanceof Time ? from.getObject(column, LocalTime.class) : comparable(value));
            }
            rows.add(Collections.unmodifiableList(row));
        }
        return new Answer(List.copyOf(labels), Collections.unmodifiableList(rows));
    }

    private static @Nullable Object comparable(@Nullable Object value) throws SQLException {
        if (value instanceof Float || value instanceof Double) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Number number) {
            return BigDecimal.valueOf(number.longValue());
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        }
        if (value instanceof Date date) {
            return date.toLocalDate();
        }
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Blob blob) {
            return comparable(blob.getBytes(1, (int) blob.length()));
        }
        if (value instanceof Array array) {
            Object elements = array.getArray();
            return elements instanceof float[] floats
                    ? Arrays.toString(floats)
                    : Arrays.deepToString((Object[]) elements);
        }
        return value;
    }

    /** Whether the rows are the same in the same order. */
    public boolean hasSequenceOf(Answer other) {
        if (rows.size() != other.rows.size()) {
            return false;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (!areSame(rows.get(i), other.rows.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the rows are the same in some order. */
    public boolean hasRowsOf(Answer other) {
        if (rows.size() != other.rows.size()) {
            return false;
        }
        List<List<@Nullable Object>> unmatched = new ArrayList<>(other.rows);
        for (List<@Nullable Object> row : rows) {
            int match = 0;
            while (match < unmatched.size() && !areSame(row, unmatched.get(match))) {
                match++;
            }
            if (match == unmatched.size()) {
                return false;
            }
            unmatched.remove(match);
        }
        return true;
    }

    /** These columns of all rows, in the order of the rows. */
    Answer columns(List<String> wanted) {
        List<Integer> indexes = wanted.stream().map(labels::indexOf).toList();
        List<List<@Nullable Object>> narrowed = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int index : indexes) {
                values.add(row.get(index));
            }
            narrowed.add(values);
        }
        return new Answer(wanted, narrowed);
    }

    private static boolean areSame(List<@Nullable Object> row, List<@Nullable Object> other) {
        if (row.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < row.size(); i++) {
            if (!isSame(row.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Exact numbers are the same if their values are; where one side is a DOUBLE, to about the digits it has. */
    private static boolean isSame(@Nullable Object value, @Nullable Object other) {
        if (value == null || other == null) {
            return value == other;
        }
        if (value instanceof BigDecimal exact && other instanceof BigDecimal otherExact) {
            return exact.compareTo(otherExact) == 0;
        }
        if (value instanceof Number number && other instanceof Number otherNumber) {
            return isNear(number, otherNumber);
        }
        return value.equals(other);
    }

    private static boolean isNear(Number value, Number other) {
        double a = value.doubleValue();
        double b = other.doubleValue();
        if (!Double.isFinite(a) || !Double.isFinite(b)) {
            return Double.compare(a, b) == 0;
        }
        double tolerance = 1e-9 * Math.max(Math.abs(a), Math.abs(b)) + roundingOf(value) + roundingOf(other);
        return Math.abs(a - b) <= tolerance;
    }

    /** What a decimal of a fixed scale may differ by from the same value with all its digits. */
    private static double roundingOf(Number value) {
        return value instanceof BigDecimal decimal && decimal.scale() > 0 ? 0.5 * Math.pow(10, -decimal.scale()) : 0;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.join(" | ", labels));
        for (List<@Nullable Object> row : rows) {
            text.append('\n').append(row);
        }
        return text.toString();
    }
}
