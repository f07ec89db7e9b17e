// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conversion;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.GregorianCalendar;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values to convert, and how they are written down. */
final class Samples {
    /** The last digit of a float is another in other versions of Java, from this number on. */
    private static final float FIRST_WITH_EXPONENT = 1e7f;

    /** Digits that all of them agree on. */
    private static final int DIGITS_OF_FLOAT = 7;

    /** A type each, as it stands in DDL. */
    static final List<String> TYPES = List.of(
            "BOOLEAN",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL(10, 2)",
            "TEXT",
            "JSON",
            "BYTES",
            "UUID",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "DATETIME",
            "EMBEDDING(2)");

    private static final String UUID_TEXT = "123e4567-e89b-12d3-a456-426614174000";

    /** Values in the database: a type and a literal that is cast to it. */
    static final List<List<String>> STORED = List.of(
            List.of("BOOLEAN", "TRUE"),
            List.of("SMALLINT", "7"),
            List.of("SMALLINT", "300"),
            List.of("INT", "7"),
            List.of("INT", "70000"),
            List.of("BIGINT", "9007199254740993"),
            List.of("FLOAT", "1.5"),
            List.of("FLOAT", "'1e30'"),
            List.of("DOUBLE", "-2.5"),
            List.of("DOUBLE", "'1e300'"),
            List.of("DOUBLE", "'NaN'"),
            List.of("DECIMAL(10, 2)", "12.35"),
            List.of("DECIMAL(38, 0)", "'100000000000000000000'"),
            List.of("TEXT", "'12'"),
            List.of("TEXT", "'1e400'"),
            List.of("TEXT", "'true'"),
            List.of("TEXT", "'é'"),
            List.of("TEXT", "'2026-05-17'"),
            List.of("TEXT", "'10:11:12'"),
            List.of("TEXT", "'2026-05-17 10:11:12.5'"),
            List.of("TEXT", "'" + UUID_TEXT + "'"),
            List.of("TEXT", "'https://example.org/'"),
            List.of("JSON", "'[1]'"),
            List.of("BYTES", "X'0102'"),
            List.of("BYTES", "X'123e4567e89b12d3a456426614174000'"),
            List.of("UUID", "'" + UUID_TEXT + "'"),
            List.of("DATE", "DATE '2026-05-17'"),
            List.of("TIME", "TIME '10:11:12.5'"),
            List.of("TIMESTAMP", "TIMESTAMP '2026-05-17 10:11:12.5'"),
            List.of("DATETIME", "'2026-05-17 22:11:12.5+00'"),
            List.of("EMBEDDING(2)", "'[1, 2.5]'"));

    private Samples() {}

    /** Values in Java by how they are called, made anew because some can be used once. */
    static Map<String, @Nullable Object> javaValues(Connection connection) throws Exception {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("null", null);
        for (Object value : new Object[] {
            true,
            (byte) 7,
            (short) 300,
            70_000,
            3_000_000_000L,
            1.5f,
            -2.5,
            1e300,
            Double.NaN,
            new BigDecimal("12.345"),
            new BigDecimal("1e30"),
            new BigInteger("7"),
            'c',
            "12",
            "abc",
            "true",
            "[1, 2.5]",
            "2026-05-17",
            "10:11:12",
            "2026-05-17 10:11:12.5",
            UUID_TEXT,
            new byte[] {1, 2},
            new byte[16],
            UUID.fromString(UUID_TEXT),
            Date.valueOf("2026-05-17"),
            Time.valueOf("10:11:12"),
            Timestamp.valueOf("2026-05-17 10:11:12.5"),
            new java.util.Date(0),
            calendar(),
            LocalDate.of(2026, 5, 17),
            LocalTime.of(10, 11, 12),
            LocalDateTime.of(2026, 5, 17, 10, 11, 12),
            OffsetTime.parse("10:11:12+02:00"),
            OffsetDateTime.parse("2026-05-17T10:11:12+02:00"),
            ZonedDateTime.of(2026, 5, 17, 10, 11, 12, 0, ZoneId.of("Europe/Vienna")),
            Instant.parse("2026-05-17T10:11:12Z"),
            new float[] {1, 2.5f},
            new double[] {1, 2.5},
            new Float[] {1f, 2.5f},
            List.of(1, 2.5),
            new URL("https://example.org/"),
            Optional.of(1),
            Thread.State.NEW,
        }) {
            String type = value instanceof List ? "List" : value.getClass().getSimpleName();
            values.put(type + " " + show(value), value);
        }
        Blob blob = connection.createBlob();
        blob.setBytes(1, new byte[] {1, 2});
        values.put("Blob 0102", blob);
        Clob clob = connection.createClob();
        clob.setString(1, "12");
        values.put("Clob 12", clob);
        values.put("Array [1.0, 2.5]", connection.createArrayOf("FLOAT", new Float[] {1f, 2.5f}));
        values.put("InputStream 0102", new ByteArrayInputStream(new byte[] {1, 2}));
        values.put("Reader 12", new StringReader("12"));
        return values;
    }

    private static GregorianCalendar calendar() {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("GMT+02:00"));
        calendar.setTimeInMillis(0);
        return calendar;
    }

    /** A value as a field of a matrix, not too wide. */
    static String show(@Nullable Object value) throws Exception {
        String text = textOf(value);
        return text.length() <= 80 ? text : text.substring(0, 20) + "... of " + text.length();
    }

    private static String textOf(@Nullable Object value) throws Exception {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Float number && Float.isFinite(number) && Math.abs(number) >= FIRST_WITH_EXPONENT) {
            return new BigDecimal(number)
                    .round(new MathContext(DIGITS_OF_FLOAT))
                    .stripTrailingZeros()
                    .toString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof InputStream stream) {
            return HexFormat.of().formatHex(stream.readAllBytes());
        }
        if (value instanceof Reader reader) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        }
        if (value instanceof Blob blob) {
            return textOf(blob.getBinaryStream());
        }
        if (value instanceof Clob clob) {
            return textOf(clob.getCharacterStream());
        }
        if (value instanceof Array array) {
            return textOf(array.getArray());
        }
        if (value instanceof float[] elements) {
            return Arrays.toString(elements);
        }
        if (value instanceof double[] elements) {
            return Arrays.toString(elements);
        }
        if (value instanceof Object[] elements) {
            return Arrays.toString(elements);
        }
        if (value instanceof java.util.Date date && !(value instanceof Date) && !(value instanceof Time)) {
            // Moments are told apart from what the default time zone shows of them.
            return date instanceof Timestamp ? date.toString() : "at " + date.toInstant();
        }
        if (value instanceof GregorianCalendar calendar) {
            return calendar.toZonedDateTime().toOffsetDateTime().toString();
        }
        if (value instanceof String text && !text.chars().allMatch(c -> c < 128)) {
            return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + " in UTF-8";
        }
        return value.toString();
    }

    /** As {@link #show}, of a getter's value. */
    static String read(ResultSet rows, Getter getter) throws Exception {
        Object value = getter.get(rows);
        return rows.wasNull() ? "NULL" : show(value);
    }

    /** Reads the first column. */
    interface Getter {
        @Nullable
        Object get(ResultSet rows) throws SQLException;
    }
}
