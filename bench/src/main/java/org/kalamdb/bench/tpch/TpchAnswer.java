// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.tpch;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a database answers a query with. Immutable.
 *
 * @param rows numbers are BigDecimal where they are exact and Double where not; everything else is text
 */
record TpchAnswer(List<List<@Nullable Object>> rows) {
    private static final double TOLERANCE = 1e-9;

    static TpchAnswer of(Connection connection, String sql) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>(columns);
                for (int column = 1; column <= columns; column++) {
                    row.add(comparable(result.getObject(column)));
                }
                rows.add(Collections.unmodifiableList(row));
            }
        }
        return new TpchAnswer(Collections.unmodifiableList(rows));
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        if (value == null || value instanceof BigDecimal || value instanceof Double) {
            return value;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        return value instanceof Number number ? (Object) BigDecimal.valueOf(number.longValue()) : value.toString();
    }

    /** Whether the rows are the same in some order: rows that a query does not order may come in any. */
    boolean isSameAs(TpchAnswer other) {
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

    private static boolean areSame(List<@Nullable Object> row, List<@Nullable Object> other) {
        for (int i = 0; i < row.size(); i++) {
            if (!isSame(row.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(@Nullable Object value, @Nullable Object other) {
        if (value == null || other == null) {
            return value == other;
        }
        // Databases give averages and quotients other scales, and round to them.
        if (value instanceof BigDecimal exact
                && other instanceof BigDecimal otherExact
                && exact.scale() == otherExact.scale()) {
            return exact.compareTo(otherExact) == 0;
        }
        if (value instanceof Number number && other instanceof Number otherNumber) {
            double a = number.doubleValue();
            double b = otherNumber.doubleValue();
            return Math.abs(a - b)
                    <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b)) + rounding(value) + rounding(other);
        }
        return value.equals(other);
    }

    /** What a decimal of a fixed scale, such as an average, may differ by from the DOUBLE that the other side computes. */
    private static double rounding(Object value) {
        return value instanceof BigDecimal decimal && decimal.scale() > 0 ? 0.5 * Math.pow(10, -decimal.scale()) : 0;
    }
}
