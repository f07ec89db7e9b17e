// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.value;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;
import org.kalamdb.type.TypeMapping;

/**
 * What an application sets as a parameter, as a value that the engine converts: streams are read, containers of JDBC
 * unpacked, and objects that the application may change later are copied.
 */
public final class ParameterValues {
    /** The length of a stream that is read to its end. */
    public static final long TO_THE_END = -1;

    /** Codes that name no type of ours but leave it to the value. */
    private static final Set<Integer> OPEN_TYPES =
            Set.of(Types.ARRAY, Types.OTHER, Types.JAVA_OBJECT, Types.NULL, Types.DISTINCT);

    private ParameterValues() {}

    public static @Nullable Object of(@Nullable Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value instanceof float[] elements) {
            return elements.clone();
        }
        if (value instanceof java.util.Date date) {
            return date.clone();
        }
        if (value instanceof Calendar calendar) {
            return calendar.toInstant()
                    .atZone(calendar.getTimeZone().toZoneId())
                    .toOffsetDateTime();
        }
        if (value instanceof InputStream stream) {
            return bytes(stream, TO_THE_END);
        }
        if (value instanceof Reader reader) {
            return text(reader, TO_THE_END);
        }
        if (value instanceof Array array) {
            return array.getArray();
        }
        if (value instanceof Blob blob) {
            return bytes(blob.getBinaryStream(), TO_THE_END);
        }
        if (value instanceof Clob clob) {
            return text(clob.getCharacterStream(), TO_THE_END);
        }
        if (value instanceof SQLXML xml) {
            return xml.getString();
        }
        if (value instanceof URL || value instanceof URI) {
            return value.toString();
        }
        return value;
    }

    /** @param scaleOrLength digits after the point of a BigDecimal, or length of a stream; without meaning for others */
    public static @Nullable Object of(@Nullable Object value, int scaleOrLength) throws SQLException {
        if (value instanceof InputStream stream) {
            return bytes(stream, scaleOrLength);
        }
        if (value instanceof Reader reader) {
            return text(reader, scaleOrLength);
        }
        return value instanceof BigDecimal number ? number.setScale(scaleOrLength, RoundingMode.HALF_UP) : of(value);
    }

    /** The value converted to the type that a code of {@link Types} names. */
    public static @Nullable Object as(@Nullable Object value, int sqlType) throws SQLException {
        Object plain = of(value);
        KalamDataType target = requireType(sqlType);
        if (plain == null || target == null || isExactNumber(sqlType)) {
            return plain;
        }
        Object converted = convert(plain, target);
        return sqlType == Types.TINYINT ? requireByte(converted) : converted;
    }

    /** There is no type of one byte, but a value for one must fit. */
    private static Object requireByte(Object number) throws SQLException {
        try {
            return StoredValues.toJava(KalamDataType.INT, number, Byte.class);
        } catch (KalamException e) {
            throw SqlExceptions.toSqlException(e);
        }
    }

    /** The code of {@link Types} or of a vendor that a type has. @throws SQLException INVALID_PARAMETER if there is none */
    public static int typeOf(@Nullable SQLType type) throws SQLException {
        SQLType known = SqlExceptions.requireNotNull(type, "SQL type");
        return SqlExceptions.requireNotNull(known.getVendorTypeNumber(), "number of SQL type " + known.getName());
    }

    /** @param scaleOrLength digits after the point of a DECIMAL or NUMERIC; length of a stream */
    public static @Nullable Object as(@Nullable Object value, int sqlType, int scaleOrLength) throws SQLException {
        if (value instanceof InputStream stream) {
            return as(bytes(stream, scaleOrLength), sqlType);
        }
        if (value instanceof Reader reader) {
            return as(text(reader, scaleOrLength), sqlType);
        }
        Object plain = of(value);
        if (plain == null || !isExactNumber(sqlType)) {
            return as(plain, sqlType);
        }
        try {
            return convert(plain, KalamDataType.decimal(38, scaleOrLength));
        } catch (KalamException e) {
            throw SqlExceptions.toSqlException(e);
        }
    }

    private static boolean isExactNumber(int sqlType) {
        return sqlType == Types.DECIMAL || sqlType == Types.NUMERIC;
    }

    private static @Nullable KalamDataType requireType(int sqlType) throws SQLException {
        KalamDataType type = TypeMapping.findByJdbcType(sqlType);
        if (type == null && !OPEN_TYPES.contains(sqlType)) {
            throw SqlExceptions.notSupported(
                    "Unsupported target type, use setObject without one, got the code: " + sqlType);
        }
        return type;
    }

    /** A stored value of a type as a parameter that is converted back to it. */
    public static Object ofStored(KalamDataType type, Object stored) {
        return StoredValues.toJava(type, stored, javaClass(type));
    }

    private static Object convert(Object value, KalamDataType target) throws SQLException {
        try {
            return ofStored(target, StoredValues.fromJava(target, value));
        } catch (KalamException e) {
            throw SqlExceptions.toSqlException(e);
        }
    }

    /** The class that says a value of the type whole and without a default time zone. */
    private static Class<?> javaClass(KalamDataType type) {
        return switch (type.kind()) {
            case DATE -> LocalDate.class;
            case TIME -> LocalTime.class;
            case TIMESTAMP -> LocalDateTime.class;
            case DATETIME -> OffsetDateTime.class;
            case BOOLEAN, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, TEXT, JSON, BYTES, UUID, EMBEDDING ->
                Object.class;
        };
    }

    /** @param length bytes to read, or {@link #TO_THE_END} */
    public static byte @Nullable [] bytes(@Nullable InputStream stream, long length) throws SQLException {
        if (stream == null) {
            return null;
        }
        try {
            if (length == TO_THE_END) {
                return stream.readAllBytes();
            }
            byte[] bytes = stream.readNBytes(requireLength(length));
            requireRead(length, bytes.length);
            return bytes;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** @param length characters to read, or {@link #TO_THE_END} */
    public static @Nullable String text(@Nullable Reader reader, long length) throws SQLException {
        if (reader == null) {
            return null;
        }
        try {
            if (length == TO_THE_END) {
                StringWriter text = new StringWriter();
                reader.transferTo(text);
                return text.toString();
            }
            char[] chars = new char[requireLength(length)];
            int filled = 0;
            int count = 0;
            while (filled < chars.length && count >= 0) {
                filled += count;
                count = reader.read(chars, filled, chars.length - filled);
            }
            requireRead(length, filled);
            return new String(chars);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** @param length bytes to read, or {@link #TO_THE_END} */
    public static @Nullable String ascii(@Nullable InputStream stream, long length) throws SQLException {
        byte[] bytes = bytes(stream, length);
        return bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII);
    }

    private static int requireLength(long length) throws SQLException {
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_PARAMETER,
                    "Invalid length of a stream: must be between 0 and " + Integer.MAX_VALUE + ", got: " + length);
        }
        return (int) length;
    }

    private static void requireRead(long expected, int got) throws SQLException {
        if (got < expected) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_PARAMETER,
                    "Invalid length of a stream: it ended after " + got + ", expected: " + expected);
        }
    }

    private static SQLException unreadable(IOException failure) {
        return SqlExceptions.error(ErrorCode.IO_ERROR, "Failed to read the stream of a parameter", failure);
    }
}
