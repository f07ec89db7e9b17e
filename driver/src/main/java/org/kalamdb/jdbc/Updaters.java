// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.jdbc.value.ParameterValues;

/** The methods of a result set that set the value of a column, all by way of one. */
abstract class Updaters implements ResultSet {
    /**
     * Sets a column of the current row or of the insert row.
     *
     * @param column from 1 on
     * @param value that nobody else changes
     */
    abstract void update(int column, @Nullable Object value) throws SQLException;

    static SQLFeatureNotSupportedException noSuchType(String type) {
        return SqlExceptions.notSupported(
                "There are no values of type " + type + ", use the methods for objects or text");
    }

    @Override
    public void updateNull(int column) throws SQLException {
        update(column, null);
    }

    @Override
    public void updateNull(String label) throws SQLException {
        updateNull(findColumn(label));
    }

    @Override
    public void updateBoolean(int column, boolean value) throws SQLException {
        update(column, value);
    }

    @Override
    public void updateBoolean(String label, boolean value) throws SQLException {
        updateBoolean(findColumn(label), value);
    }

    @Override
    public void updateByte(int column, byte value) throws SQLException {
        update(column, value);
    }

    @Override
    public void updateByte(String label, byte value) throws SQLException {
        updateByte(findColumn(label), value);
    }

    @Override
    public void updateShort(int column, short value) throws SQLException {
        update(column, value);
    }

    @Override
    public void updateShort(String label, short value) throws SQLException {
        updateShort(findColumn(label), value);
    }

    @Override
    public void updateInt(int column, int value) throws SQLException {
        update(column, value);
    }

    @Override
    public void updateInt(String label, int value) throws SQLException {
        updateInt(findColumn(label), value);
    }

    @Override
    public void updateLong(int column, long value) throws SQLException {
        update(column, value);
    }

    @Override
    public void updateLong(String label, long value) throws SQLException {
        updateLong(findColumn(label), value);
    }

    @Override
    public void updateFloat(int column, float value) throws SQLException {
        update(column, value);
    }

    @Override
    public void updateFloat(String label, float value) throws SQLException {
        updateFloat(findColumn(label), value);
    }

    @Override
    public void updateDouble(int column, double value) throws SQLException {
        update(column, value);
    }

    @Override
    public void updateDouble(String label, double value) throws SQLException {
        updateDouble(findColumn(label), value);
    }

    @Override
    public void updateBigDecimal(int column, @Nullable BigDecimal value) throws SQLException {
        update(column, value);
    }

    @Override
    public void updateBigDecimal(String label, @Nullable BigDecimal value) throws SQLException {
        updateBigDecimal(findColumn(label), value);
    }

    @Override
    public void updateString(int column, @Nullable String value) throws SQLException {
        update(column, value);
    }

    @Override
    public void updateString(String label, @Nullable String value) throws SQLException {
        updateString(findColumn(label), value);
    }

    @Override
    public void updateBytes(int column, byte @Nullable [] value) throws SQLException {
        update(column, ParameterValues.of(value));
    }

    @Override
    public void updateBytes(String label, byte @Nullable [] value) throws SQLException {
        updateBytes(findColumn(label), value);
    }

    @Override
    public void updateDate(int column, @Nullable Date value) throws SQLException {
        update(column, ParameterValues.of(value));
    }

    @Override
    public void updateDate(String label, @Nullable Date value) throws SQLException {
        updateDate(findColumn(label), value);
    }

    @Override
    public void updateTime(int column, @Nullable Time value) throws SQLException {
        update(column, ParameterValues.of(value));
    }

    @Override
    public void updateTime(String label, @Nullable Time value) throws SQLException {
        updateTime(findColumn(label), value);
    }

    @Override
    public void updateTimestamp(int column, @Nullable Timestamp value) throws SQLException {
        update(column, ParameterValues.of(value));
    }

    @Override
    public void updateTimestamp(String label, @Nullable Timestamp value) throws SQLException {
        updateTimestamp(findColumn(label), value);
    }

    @Override
    public void updateObject(int column, @Nullable Object value) throws SQLException {
        update(column, ParameterValues.of(value));
    }

    @Override
    public void updateObject(String label, @Nullable Object value) throws SQLException {
        updateObject(findColumn(label), value);
    }

    @Override
    public void updateRef(int column, @Nullable Ref value) throws SQLException {
        throw noSuchType("REF");
    }

    @Override
    public void updateRef(String label, @Nullable Ref value) throws SQLException {
        updateRef(findColumn(label), value);
    }

    @Override
    public void updateBlob(int column, @Nullable Blob value) throws SQLException {
        update(column, ParameterValues.of(value));
    }

    @Override
    public void updateBlob(String label, @Nullable Blob value) throws SQLException {
        updateBlob(findColumn(label), value);
    }

    @Override
    public void updateClob(int column, @Nullable Clob value) throws SQLException {
        update(column, ParameterValues.of(value));
    }

    @Override
    public void updateClob(String label, @Nullable Clob value) throws SQLException {
        updateClob(findColumn(label), value);
    }

    @Override
    public void updateArray(int column, @Nullable Array value) throws SQLException {
        update(column, ParameterValues.of(value));
    }

    @Override
    public void updateArray(String label, @Nullable Array value) throws SQLException {
        updateArray(findColumn(label), value);
    }

    @Override
    public void updateRowId(int column, @Nullable RowId value) throws SQLException {
        throw noSuchType("ROWID");
    }

    @Override
    public void updateRowId(String label, @Nullable RowId value) throws SQLException {
        updateRowId(findColumn(label), value);
    }

    @Override
    public void updateNString(int column, @Nullable String value) throws SQLException {
        update(column, value);
    }

    @Override
    public void updateNString(String label, @Nullable String value) throws SQLException {
        updateNString(findColumn(label), value);
    }

    @Override
    public void updateNClob(int column, @Nullable NClob value) throws SQLException {
        update(column, ParameterValues.of(value));
    }

    @Override
    public void updateNClob(String label, @Nullable NClob value) throws SQLException {
        updateNClob(findColumn(label), value);
    }

    @Override
    public void updateSQLXML(int column, @Nullable SQLXML value) throws SQLException {
        update(column, ParameterValues.of(value));
    }

    @Override
    public void updateSQLXML(String label, @Nullable SQLXML value) throws SQLException {
        updateSQLXML(findColumn(label), value);
    }

    @Override
    public void updateObject(int column, @Nullable Object value, int scaleOrLength) throws SQLException {
        update(column, ParameterValues.of(value, scaleOrLength));
    }

    @Override
    public void updateObject(String label, @Nullable Object value, int scaleOrLength) throws SQLException {
        updateObject(findColumn(label), value, scaleOrLength);
    }

    @Override
    public void updateAsciiStream(int column, @Nullable InputStream value, int length) throws SQLException {
        update(column, ParameterValues.ascii(value, length));
    }

    @Override
    public void updateAsciiStream(String label, @Nullable InputStream value, int length) throws SQLException {
        updateAsciiStream(findColumn(label), value, length);
    }

    @Override
    public void updateAsciiStream(int column, @Nullable InputStream value, long length) throws SQLException {
        update(column, ParameterValues.ascii(value, length));
    }

    @Override
    public void updateAsciiStream(String label, @Nullable InputStream value, long length) throws SQLException {
        updateAsciiStream(findColumn(label), value, length);
    }

    @Override
    public void updateAsciiStream(int column, @Nullable InputStream value) throws SQLException {
        update(column, ParameterValues.ascii(value, ParameterValues.TO_THE_END));
    }

    @Override
    public void updateAsciiStream(String label, @Nullable InputStream value) throws SQLException {
        updateAsciiStream(findColumn(label), value);
    }

    @Override
    public void updateBinaryStream(int column, @Nullable InputStream value, int length) throws SQLException {
        update(column, ParameterValues.bytes(value, length));
    }

    @Override
    public void updateBinaryStream(String label, @Nullable InputStream value, int length) throws SQLException {
        updateBinaryStream(findColumn(label), value, length);
    }

    @Override
    public void updateBinaryStream(int column, @Nullable InputStream value, long length) throws SQLException {
        update(column, ParameterValues.bytes(value, length));
    }

    @Override
    public void updateBinaryStream(String label, @Nullable InputStream value, long length) throws SQLException {
        updateBinaryStream(findColumn(label), value, length);
    }

    @Override
    public void updateBinaryStream(int column, @Nullable InputStream value) throws SQLException {
        update(column, ParameterValues.bytes(value, ParameterValues.TO_THE_END));
    }

    @Override
    public void updateBinaryStream(String label, @Nullable InputStream value) throws SQLException {
        updateBinaryStream(findColumn(label), value);
    }

    @Override
    public void updateCharacterStream(int column, @Nullable Reader value, int length) throws SQLException {
        update(column, ParameterValues.text(value, length));
    }

    @Override
    public void updateCharacterStream(String label, @Nullable Reader value, int length) throws SQLException {
        updateCharacterStream(findColumn(label), value, length);
    }

    @Override
    public void updateCharacterStream(int column, @Nullable Reader value, long length) throws SQLException {
        update(column, ParameterValues.text(value, length));
    }

    @Override
    public void updateCharacterStream(String label, @Nullable Reader value, long length) throws SQLException {
        updateCharacterStream(findColumn(label), value, length);
    }

    @Override
    public void updateCharacterStream(int column, @Nullable Reader value) throws SQLException {
        update(column, ParameterValues.text(value, ParameterValues.TO_THE_END));
    }

    @Override
    public void updateCharacterStream(String label, @Nullable Reader value) throws SQLException {
        updateCharacterStream(findColumn(label), value);
    }

    @Override
    public void updateNCharacterStream(int column, @Nullable Reader value, long length) throws SQLException {
        update(column, ParameterValues.text(value, length));
    }

    @Override
    public void updateNCharacterStream(String label, @Nullable Reader value, long length) throws SQLException {
        updateNCharacterStream(findColumn(label), value, length);
    }

    @Override
    public void updateNCharacterStream(int column, @Nullable Reader value) throws SQLException {
        update(column, ParameterValues.text(value, ParameterValues.TO_THE_END));
    }

    @Override
    public void updateNCharacterStream(String label, @Nullable Reader value) throws SQLException {
        updateNCharacterStream(findColumn(label), value);
    }

    @Override
    public void updateBlob(int column, @Nullable InputStream value, long length) throws SQLException {
        update(column, ParameterValues.bytes(value, length));
    }

    @Override
    public void updateBlob(String label, @Nullable InputStream value, long length) throws SQLException {
        updateBlob(findColumn(label), value, length);
    }

    @Override
    public void updateBlob(int column, @Nullable InputStream value) throws SQLException {
        update(column, ParameterValues.bytes(value, ParameterValues.TO_THE_END));
    }

    @Override
    public void updateBlob(String label, @Nullable InputStream value) throws SQLException {
        updateBlob(findColumn(label), value);
    }

    @Override
    public void updateClob(int column, @Nullable Reader value, long length) throws SQLException {
        update(column, ParameterValues.text(value, length));
    }

    @Override
    public void updateClob(String label, @Nullable Reader value, long length) throws SQLException {
        updateClob(findColumn(label), value, length);
    }

    @Override
    public void updateClob(int column, @Nullable Reader value) throws SQLException {
        update(column, ParameterValues.text(value, ParameterValues.TO_THE_END));
    }

    @Override
    public void updateClob(String label, @Nullable Reader value) throws SQLException {
        updateClob(findColumn(label), value);
    }

    @Override
    public void updateNClob(int column, @Nullable Reader value, long length) throws SQLException {
        update(column, ParameterValues.text(value, length));
    }

    @Override
    public void updateNClob(String label, @Nullable Reader value, long length) throws SQLException {
        updateNClob(findColumn(label), value, length);
    }

    @Override
    public void updateNClob(int column, @Nullable Reader value) throws SQLException {
        update(column, ParameterValues.text(value, ParameterValues.TO_THE_END));
    }

    @Override
    public void updateNClob(String label, @Nullable Reader value) throws SQLException {
        updateNClob(findColumn(label), value);
    }

    @Override
    public void updateObject(int column, @Nullable Object value, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        update(column, ParameterValues.as(value, ParameterValues.typeOf(targetSqlType), scaleOrLength));
    }

    @Override
    public void updateObject(int column, @Nullable Object value, SQLType targetSqlType) throws SQLException {
        update(column, ParameterValues.as(value, ParameterValues.typeOf(targetSqlType)));
    }

    @Override
    public void updateObject(String label, @Nullable Object value, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        updateObject(findColumn(label), value, targetSqlType, scaleOrLength);
    }

    @Override
    public void updateObject(String label, @Nullable Object value, SQLType targetSqlType) throws SQLException {
        updateObject(findColumn(label), value, targetSqlType);
    }
}
