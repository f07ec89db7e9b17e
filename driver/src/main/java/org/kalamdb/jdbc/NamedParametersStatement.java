// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call whose parameters have names as well: all methods that take one come down to those that take an index. Confined to
 * one thread, except {@link #cancel()} and {@link #close()}.
 */
abstract class NamedParametersStatement extends ParameterizedStatement implements CallableStatement {
    NamedParametersStatement(JdbcConnection connection, CursorOptions cursorOptions) {
        super(connection, cursorOptions);
    }

    /** The index of a parameter, from 1 on. @throws SQLException if none has the name */
    abstract int indexOf(@Nullable String name) throws SQLException;

    @Override
    public final void registerOutParameter(@Nullable String name, int sqlType) throws SQLException {
        registerOutParameter(indexOf(name), sqlType);
    }

    @Override
    public final void registerOutParameter(@Nullable String name, int sqlType, int scale) throws SQLException {
        registerOutParameter(indexOf(name), sqlType, scale);
    }

    @Override
    public final void registerOutParameter(@Nullable String name, int sqlType, @Nullable String typeName)
            throws SQLException {
        registerOutParameter(indexOf(name), sqlType, typeName);
    }

    @Override
    public final void setURL(@Nullable String name, @Nullable URL value) throws SQLException {
        setURL(indexOf(name), value);
    }

    @Override
    public final void setNull(@Nullable String name, int sqlType) throws SQLException {
        setNull(indexOf(name), sqlType);
    }

    @Override
    public final void setBoolean(@Nullable String name, boolean value) throws SQLException {
        setBoolean(indexOf(name), value);
    }

    @Override
    public final void setByte(@Nullable String name, byte value) throws SQLException {
        setByte(indexOf(name), value);
    }

    @Override
    public final void setShort(@Nullable String name, short value) throws SQLException {
        setShort(indexOf(name), value);
    }

    @Override
    public final void setInt(@Nullable String name, int value) throws SQLException {
        setInt(indexOf(name), value);
    }

    @Override
    public final void setLong(@Nullable String name, long value) throws SQLException {
        setLong(indexOf(name), value);
    }

    @Override
    public final void setFloat(@Nullable String name, float value) throws SQLException {
        setFloat(indexOf(name), value);
    }

    @Override
    public final void setDouble(@Nullable String name, double value) throws SQLException {
        setDouble(indexOf(name), value);
    }

    @Override
    public final void setBigDecimal(@Nullable String name, @Nullable BigDecimal value) throws SQLException {
        setBigDecimal(indexOf(name), value);
    }

    @Override
    public final void setString(@Nullable String name, @Nullable String value) throws SQLException {
        setString(indexOf(name), value);
    }

    @Override
    public final void setBytes(@Nullable String name, byte @Nullable [] value) throws SQLException {
        setBytes(indexOf(name), value);
    }

    @Override
    public final void setDate(@Nullable String name, @Nullable Date value) throws SQLException {
        setDate(indexOf(name), value);
    }

    @Override
    public final void setTime(@Nullable String name, @Nullable Time value) throws SQLException {
        setTime(indexOf(name), value);
    }

    @Override
    public final void setTimestamp(@Nullable String name, @Nullable Timestamp value) throws SQLException {
        setTimestamp(indexOf(name), value);
    }

    @Override
    public final void setAsciiStream(@Nullable String name, @Nullable InputStream value, int length)
            throws SQLException {
        setAsciiStream(indexOf(name), value, length);
    }

    @Override
    public final void setBinaryStream(@Nullable String name, @Nullable InputStream value, int length)
            throws SQLException {
        setBinaryStream(indexOf(name), value, length);
    }

    @Override
    public final void setObject(@Nullable String name, @Nullable Object value, int targetSqlType, int scaleOrLength)
            throws SQLException {
        setObject(indexOf(name), value, targetSqlType, scaleOrLength);
    }

    @Override
    public final void setObject(@Nullable String name, @Nullable Object value, int targetSqlType) throws SQLException {
        setObject(indexOf(name), value, targetSqlType);
    }

    @Override
    public final void setObject(@Nullable String name, @Nullable Object value) throws SQLException {
        setObject(indexOf(name), value);
    }

    @Override
    public final void setCharacterStream(@Nullable String name, @Nullable Reader value, int length)
            throws SQLException {
        setCharacterStream(indexOf(name), value, length);
    }

    @Override
    public final void setDate(@Nullable String name, @Nullable Date value, @Nullable Calendar calendar)
            throws SQLException {
        setDate(indexOf(name), value, calendar);
    }

    @Override
    public final void setTime(@Nullable String name, @Nullable Time value, @Nullable Calendar calendar)
            throws SQLException {
        setTime(indexOf(name), value, calendar);
    }

    @Override
    public final void setTimestamp(@Nullable String name, @Nullable Timestamp value, @Nullable Calendar calendar)
            throws SQLException {
        setTimestamp(indexOf(name), value, calendar);
    }

    @Override
    public final void setNull(@Nullable String name, int sqlType, @Nullable String typeName) throws SQLException {
        setNull(indexOf(name), sqlType, typeName);
    }

    @Override
    public final @Nullable String getString(@Nullable String name) throws SQLException {
        return getString(indexOf(name));
    }

    @Override
    public final boolean getBoolean(@Nullable String name) throws SQLException {
        return getBoolean(indexOf(name));
    }

    @Override
    public final byte getByte(@Nullable String name) throws SQLException {
        return getByte(indexOf(name));
    }

    @Override
    public final short getShort(@Nullable String name) throws SQLException {
        return getShort(indexOf(name));
    }

    @Override
    public final int getInt(@Nullable String name) throws SQLException {
        return getInt(indexOf(name));
    }

    @Override
    public final long getLong(@Nullable String name) throws SQLException {
        return getLong(indexOf(name));
    }

    @Override
    public final float getFloat(@Nullable String name) throws SQLException {
        return getFloat(indexOf(name));
    }

    @Override
    public final double getDouble(@Nullable String name) throws SQLException {
        return getDouble(indexOf(name));
    }

    @Override
    public final byte @Nullable [] getBytes(@Nullable String name) throws SQLException {
        return getBytes(indexOf(name));
    }

    @Override
    public final @Nullable Date getDate(@Nullable String name) throws SQLException {
        return getDate(indexOf(name));
    }

    @Override
    public final @Nullable Time getTime(@Nullable String name) throws SQLException {
        return getTime(indexOf(name));
    }

    @Override
    public final @Nullable Timestamp getTimestamp(@Nullable String name) throws SQLException {
        return getTimestamp(indexOf(name));
    }

    @Override
    public final @Nullable Object getObject(@Nullable String name) throws SQLException {
        return getObject(indexOf(name));
    }

    @Override
    public final @Nullable BigDecimal getBigDecimal(@Nullable String name) throws SQLException {
        return getBigDecimal(indexOf(name));
    }

    @Override
    public final @Nullable Object getObject(@Nullable String name, @Nullable Map<String, Class<?>> map)
            throws SQLException {
        return getObject(indexOf(name), map);
    }

    @Override
    public final @Nullable Ref getRef(@Nullable String name) throws SQLException {
        return getRef(indexOf(name));
    }

    @Override
    public final @Nullable Blob getBlob(@Nullable String name) throws SQLException {
        return getBlob(indexOf(name));
    }

    @Override
    public final @Nullable Clob getClob(@Nullable String name) throws SQLException {
        return getClob(indexOf(name));
    }

    @Override
    public final @Nullable Array getArray(@Nullable String name) throws SQLException {
        return getArray(indexOf(name));
    }

    @Override
    public final @Nullable Date getDate(@Nullable String name, @Nullable Calendar calendar) throws SQLException {
        return getDate(indexOf(name), calendar);
    }

    @Override
    public final @Nullable Time getTime(@Nullable String name, @Nullable Calendar calendar) throws SQLException {
        return getTime(indexOf(name), calendar);
    }

    @Override
    public final @Nullable Timestamp getTimestamp(@Nullable String name, @Nullable Calendar calendar)
            throws SQLException {
        return getTimestamp(indexOf(name), calendar);
    }

    @Override
    public final @Nullable URL getURL(@Nullable String name) throws SQLException {
        return getURL(indexOf(name));
    }

    @Override
    public final @Nullable RowId getRowId(@Nullable String name) throws SQLException {
        return getRowId(indexOf(name));
    }

    @Override
    public final void setRowId(@Nullable String name, @Nullable RowId value) throws SQLException {
        setRowId(indexOf(name), value);
    }

    @Override
    public final void setNString(@Nullable String name, @Nullable String value) throws SQLException {
        setNString(indexOf(name), value);
    }

    @Override
    public final void setNCharacterStream(@Nullable String name, @Nullable Reader value, long length)
            throws SQLException {
        setNCharacterStream(indexOf(name), value, length);
    }

    @Override
    public final void setNClob(@Nullable String name, @Nullable NClob value) throws SQLException {
        setNClob(indexOf(name), value);
    }

    @Override
    public final void setClob(@Nullable String name, @Nullable Reader value, long length) throws SQLException {
        setClob(indexOf(name), value, length);
    }

    @Override
    public final void setBlob(@Nullable String name, @Nullable InputStream value, long length) throws SQLException {
        setBlob(indexOf(name), value, length);
    }

    @Override
    public final void setNClob(@Nullable String name, @Nullable Reader value, long length) throws SQLException {
        setNClob(indexOf(name), value, length);
    }

    @Override
    public final @Nullable NClob getNClob(@Nullable String name) throws SQLException {
        return getNClob(indexOf(name));
    }

    @Override
    public final void setSQLXML(@Nullable String name, @Nullable SQLXML value) throws SQLException {
        setSQLXML(indexOf(name), value);
    }

    @Override
    public final @Nullable SQLXML getSQLXML(@Nullable String name) throws SQLException {
        return getSQLXML(indexOf(name));
    }

    @Override
    public final @Nullable String getNString(@Nullable String name) throws SQLException {
        return getNString(indexOf(name));
    }

    @Override
    public final @Nullable Reader getNCharacterStream(@Nullable String name) throws SQLException {
        return getNCharacterStream(indexOf(name));
    }

    @Override
    public final @Nullable Reader getCharacterStream(@Nullable String name) throws SQLException {
        return getCharacterStream(indexOf(name));
    }

    @Override
    public final void setBlob(@Nullable String name, @Nullable Blob value) throws SQLException {
        setBlob(indexOf(name), value);
    }

    @Override
    public final void setClob(@Nullable String name, @Nullable Clob value) throws SQLException {
        setClob(indexOf(name), value);
    }

    @Override
    public final void setAsciiStream(@Nullable String name, @Nullable InputStream value, long length)
            throws SQLException {
        setAsciiStream(indexOf(name), value, length);
    }

    @Override
    public final void setBinaryStream(@Nullable String name, @Nullable InputStream value, long length)
            throws SQLException {
        setBinaryStream(indexOf(name), value, length);
    }

    @Override
    public final void setCharacterStream(@Nullable String name, @Nullable Reader value, long length)
            throws SQLException {
        setCharacterStream(indexOf(name), value, length);
    }

    @Override
    public final void setAsciiStream(@Nullable String name, @Nullable InputStream value) throws SQLException {
        setAsciiStream(indexOf(name), value);
    }

    @Override
    public final void setBinaryStream(@Nullable String name, @Nullable InputStream value) throws SQLException {
        setBinaryStream(indexOf(name), value);
    }

    @Override
    public final void setCharacterStream(@Nullable String name, @Nullable Reader value) throws SQLException {
        setCharacterStream(indexOf(name), value);
    }

    @Override
    public final void setNCharacterStream(@Nullable String name, @Nullable Reader value) throws SQLException {
        setNCharacterStream(indexOf(name), value);
    }

    @Override
    public final void setClob(@Nullable String name, @Nullable Reader value) throws SQLException {
        setClob(indexOf(name), value);
    }

    @Override
    public final void setBlob(@Nullable String name, @Nullable InputStream value) throws SQLException {
        setBlob(indexOf(name), value);
    }

    @Override
    public final void setNClob(@Nullable String name, @Nullable Reader value) throws SQLException {
        setNClob(indexOf(name), value);
    }

    @Override
    public final <T> @Nullable T getObject(@Nullable String name, @Nullable Class<T> type) throws SQLException {
        return getObject(indexOf(name), type);
    }

    @Override
    public final void setObject(@Nullable String name, @Nullable Object value, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        setObject(indexOf(name), value, targetSqlType, scaleOrLength);
    }

    @Override
    public final void setObject(@Nullable String name, @Nullable Object value, SQLType targetSqlType)
            throws SQLException {
        setObject(indexOf(name), value, targetSqlType);
    }

    @Override
    public final void registerOutParameter(@Nullable String name, SQLType sqlType) throws SQLException {
        registerOutParameter(indexOf(name), sqlType);
    }

    @Override
    public final void registerOutParameter(@Nullable String name, SQLType sqlType, int scale) throws SQLException {
        registerOutParameter(indexOf(name), sqlType, scale);
    }

    @Override
    public final void registerOutParameter(@Nullable String name, SQLType sqlType, @Nullable String typeName)
            throws SQLException {
        registerOutParameter(indexOf(name), sqlType, typeName);
    }
}
