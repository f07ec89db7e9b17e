// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.jdbc.lob.MemoryBlob;
import org.kalamdb.jdbc.lob.MemoryClob;
import org.kalamdb.jdbc.lob.MemoryXml;

/**
 * The parts of a result set that are alike in every forward-only one: getters by label, and the methods that scroll or
 * answer types that there are none of.
 */
abstract class ForwardOnlyResultSet extends Updaters {
    private static SQLFeatureNotSupportedException noScrolling() {
        return SqlExceptions.notSupported(
                "This result set is forward-only, make the statement with TYPE_SCROLL_INSENSITIVE");
    }

    // Getters by label

    @Override
    public @Nullable String getString(String label) throws SQLException {
        return getString(findColumn(label));
    }

    @Override
    public boolean getBoolean(String label) throws SQLException {
        return getBoolean(findColumn(label));
    }

    @Override
    public byte getByte(String label) throws SQLException {
        return getByte(findColumn(label));
    }

    @Override
    public short getShort(String label) throws SQLException {
        return getShort(findColumn(label));
    }

    @Override
    public int getInt(String label) throws SQLException {
        return getInt(findColumn(label));
    }

    @Override
    public long getLong(String label) throws SQLException {
        return getLong(findColumn(label));
    }

    @Override
    public float getFloat(String label) throws SQLException {
        return getFloat(findColumn(label));
    }

    @Override
    public double getDouble(String label) throws SQLException {
        return getDouble(findColumn(label));
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(String label) throws SQLException {
        return getBigDecimal(findColumn(label));
    }

    @Override
    public byte @Nullable [] getBytes(String label) throws SQLException {
        return getBytes(findColumn(label));
    }

    @Override
    public @Nullable Date getDate(String label) throws SQLException {
        return getDate(findColumn(label));
    }

    @Override
    public @Nullable Time getTime(String label) throws SQLException {
        return getTime(findColumn(label));
    }

    @Override
    public @Nullable Timestamp getTimestamp(String label) throws SQLException {
        return getTimestamp(findColumn(label));
    }

    @Override
    public @Nullable InputStream getAsciiStream(String label) throws SQLException {
        return getAsciiStream(findColumn(label));
    }

    @Override
    public @Nullable InputStream getBinaryStream(String label) throws SQLException {
        return getBinaryStream(findColumn(label));
    }

    @Override
    public @Nullable Reader getCharacterStream(String label) throws SQLException {
        return getCharacterStream(findColumn(label));
    }

    @Override
    public @Nullable Object getObject(String label) throws SQLException {
        return getObject(findColumn(label));
    }

    @Override
    public @Nullable Array getArray(String label) throws SQLException {
        return getArray(findColumn(label));
    }

    @Override
    public @Nullable URL getURL(String label) throws SQLException {
        return getURL(findColumn(label));
    }

    @Override
    public @Nullable String getNString(String label) throws SQLException {
        return getNString(findColumn(label));
    }

    @Override
    public @Nullable Reader getNCharacterStream(String label) throws SQLException {
        return getNCharacterStream(findColumn(label));
    }

    @Override
    public @Nullable Date getDate(String label, @Nullable Calendar calendar) throws SQLException {
        return getDate(findColumn(label), calendar);
    }

    @Override
    public @Nullable Time getTime(String label, @Nullable Calendar calendar) throws SQLException {
        return getTime(findColumn(label), calendar);
    }

    @Override
    public @Nullable Timestamp getTimestamp(String label, @Nullable Calendar calendar) throws SQLException {
        return getTimestamp(findColumn(label), calendar);
    }

    @Override
    public @Nullable Object getObject(String label, @Nullable Map<String, Class<?>> map) throws SQLException {
        return getObject(findColumn(label), map);
    }

    @Override
    public <T> @Nullable T getObject(String label, @Nullable Class<T> type) throws SQLException {
        return getObject(findColumn(label), type);
    }

    @Override
    @Deprecated
    public @Nullable BigDecimal getBigDecimal(String label, int scale) throws SQLException {
        return getBigDecimal(findColumn(label), scale);
    }

    @Override
    @Deprecated
    public InputStream getUnicodeStream(int column) throws SQLException {
        throw SqlExceptions.notSupported("Unsupported getUnicodeStream, use getCharacterStream");
    }

    @Override
    @Deprecated
    public InputStream getUnicodeStream(String label) throws SQLException {
        return getUnicodeStream(findColumn(label));
    }

    // Streams

    @Override
    public @Nullable String getNString(int column) throws SQLException {
        return getString(column);
    }

    @Override
    public @Nullable InputStream getBinaryStream(int column) throws SQLException {
        byte[] bytes = getBytes(column);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public @Nullable InputStream getAsciiStream(int column) throws SQLException {
        String text = getString(column);
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public @Nullable Reader getCharacterStream(int column) throws SQLException {
        String text = getString(column);
        return text == null ? null : new StringReader(text);
    }

    @Override
    public @Nullable Reader getNCharacterStream(int column) throws SQLException {
        return getCharacterStream(column);
    }

    @Override
    public @Nullable URL getURL(int column) throws SQLException {
        String text = getString(column);
        if (text == null) {
            return null;
        }
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            throw SqlExceptions.error(ErrorCode.INVALID_CAST, "Cannot read a URL, got: " + text, e);
        }
    }

    @Override
    @Deprecated
    public @Nullable BigDecimal getBigDecimal(int column, int scale) throws SQLException {
        BigDecimal value = getBigDecimal(column);
        return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
    }

    // Objects

    /** The value as an object of a class that the engine converts to; null for NULL. */
    abstract @Nullable Object convert(int column, Class<?> target) throws SQLException;

    @Override
    public @Nullable Array getArray(int column) throws SQLException {
        float[] elements = (float[]) convert(column, float[].class);
        return elements == null ? null : new JdbcArray(elements);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int column) throws SQLException {
        return (Timestamp) convert(column, Timestamp.class);
    }

    @Override
    public @Nullable Time getTime(int column) throws SQLException {
        return (Time) convert(column, Time.class);
    }

    @Override
    public @Nullable Date getDate(int column) throws SQLException {
        return (Date) convert(column, Date.class);
    }

    @Override
    public @Nullable Object getObject(int column, @Nullable Map<String, Class<?>> map) throws SQLException {
        if (map != null && !map.isEmpty()) {
            throw SqlExceptions.notSupported("There are no user-defined types to map");
        }
        return getObject(column);
    }

    @Override
    @SuppressWarnings("unchecked") // The conversions answer an object of the class, or of the box of a primitive one.
    public <T> @Nullable T getObject(int column, @Nullable Class<T> type) throws SQLException {
        if (type == null) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_PARAMETER, "Invalid class to read a value as: must not be null");
        }
        return (T) objectOf(column, type);
    }

    private @Nullable Object objectOf(int column, Class<?> type) throws SQLException {
        if (type == Object.class) {
            return getObject(column);
        }
        if (type == Array.class) {
            return getArray(column);
        }
        if (type == List.class) {
            Float[] elements = (Float[]) convert(column, Float[].class);
            return elements == null ? null : new ArrayList<>(List.of(elements));
        }
        if (type == InputStream.class) {
            return getBinaryStream(column);
        }
        if (type == Reader.class) {
            return getCharacterStream(column);
        }
        if (type == URL.class) {
            return getURL(column);
        }
        if (type == Blob.class) {
            return getBlob(column);
        }
        if (type == Clob.class || type == NClob.class) {
            return getNClob(column);
        }
        if (type == SQLXML.class) {
            return getSQLXML(column);
        }
        return convert(column, type);
    }

    // Large objects, which are values like others

    @Override
    public @Nullable Blob getBlob(int column) throws SQLException {
        byte[] bytes = getBytes(column);
        return bytes == null ? null : new MemoryBlob(bytes);
    }

    @Override
    public @Nullable Blob getBlob(String label) throws SQLException {
        return getBlob(findColumn(label));
    }

    @Override
    public @Nullable Clob getClob(int column) throws SQLException {
        return getNClob(column);
    }

    @Override
    public @Nullable Clob getClob(String label) throws SQLException {
        return getClob(findColumn(label));
    }

    @Override
    public @Nullable NClob getNClob(int column) throws SQLException {
        String text = getString(column);
        return text == null ? null : new MemoryClob(text);
    }

    @Override
    public @Nullable NClob getNClob(String label) throws SQLException {
        return getNClob(findColumn(label));
    }

    @Override
    public @Nullable SQLXML getSQLXML(int column) throws SQLException {
        String text = getString(column);
        return text == null ? null : MemoryXml.of(text);
    }

    @Override
    public @Nullable SQLXML getSQLXML(String label) throws SQLException {
        return getSQLXML(findColumn(label));
    }

    // Types that there are none of

    @Override
    public Ref getRef(int column) throws SQLException {
        throw noSuchType("REF");
    }

    @Override
    public Ref getRef(String label) throws SQLException {
        return getRef(findColumn(label));
    }

    @Override
    public RowId getRowId(int column) throws SQLException {
        throw noSuchType("ROWID");
    }

    @Override
    public RowId getRowId(String label) throws SQLException {
        return getRowId(findColumn(label));
    }

    @Override
    public String getCursorName() throws SQLException {
        throw SqlExceptions.notSupported("There are no named cursors, update by key");
    }

    // Scrolling

    @Override
    public void beforeFirst() throws SQLException {
        throw noScrolling();
    }

    @Override
    public void afterLast() throws SQLException {
        throw noScrolling();
    }

    @Override
    public boolean first() throws SQLException {
        throw noScrolling();
    }

    @Override
    public boolean last() throws SQLException {
        throw noScrolling();
    }

    @Override
    public boolean absolute(int row) throws SQLException {
        throw noScrolling();
    }

    @Override
    public boolean relative(int rows) throws SQLException {
        throw noScrolling();
    }

    @Override
    public boolean previous() throws SQLException {
        throw noScrolling();
    }
}
