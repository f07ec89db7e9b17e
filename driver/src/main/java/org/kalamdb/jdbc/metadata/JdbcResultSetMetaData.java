// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.metadata;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.introspection.Introspection;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.jdbc.error.Wrappers;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.type.TypeMapping;

/** The columns of a result. Immutable. */
public final class JdbcResultSetMetaData implements ResultSetMetaData {
    private final List<ResultColumn> columns;
    private final IntPredicate writable;

    /** Columns of rows that are only read. */
    public JdbcResultSetMetaData(List<ResultColumn> columns) {
        this(columns, index -> false);
    }

    /** @param writable whether the result set can change the column of a 0-based index */
    public JdbcResultSetMetaData(List<ResultColumn> columns, IntPredicate writable) {
        this.columns = List.copyOf(columns);
        this.writable = writable;
    }

    @Override
    public int getColumnCount() {
        return columns.size();
    }

    private ResultColumn column(int jdbcColumn) throws SQLException {
        SqlExceptions.requireColumn(jdbcColumn, columns.size());
        return columns.get(jdbcColumn - 1);
    }

    private TypeMapping mapping(int jdbcColumn) throws SQLException {
        return TypeMapping.of(column(jdbcColumn).type());
    }

    @Override
    public String getColumnLabel(int jdbcColumn) throws SQLException {
        return column(jdbcColumn).label();
    }

    /** The column of the table it comes from; the label for an expression. */
    @Override
    public String getColumnName(int jdbcColumn) throws SQLException {
        ResultColumn column = column(jdbcColumn);
        ColumnDefinition origin = column.origin();
        return origin == null ? column.label() : origin.name();
    }

    /** The table it comes from; empty for an expression. */
    @Override
    public String getTableName(int jdbcColumn) throws SQLException {
        TableId table = column(jdbcColumn).table();
        return table == null ? "" : table.name();
    }

    /** The namespace of the table it comes from; empty for an expression. */
    @Override
    public String getSchemaName(int jdbcColumn) throws SQLException {
        TableId table = column(jdbcColumn).table();
        return table == null ? "" : table.namespace();
    }

    /** The catalog of the table it comes from, so that all three names together find it in the metadata; empty for an expression. */
    @Override
    public String getCatalogName(int jdbcColumn) throws SQLException {
        return column(jdbcColumn).table() == null ? "" : Introspection.CATALOG_NAME;
    }

    @Override
    public int getColumnType(int jdbcColumn) throws SQLException {
        return mapping(jdbcColumn).jdbcType();
    }

    @Override
    public String getColumnTypeName(int jdbcColumn) throws SQLException {
        return mapping(jdbcColumn).sqlName();
    }

    @Override
    public String getColumnClassName(int jdbcColumn) throws SQLException {
        return mapping(jdbcColumn).javaClassName();
    }

    @Override
    public int getPrecision(int jdbcColumn) throws SQLException {
        ResultColumn column = column(jdbcColumn);
        return TypeMapping.columnSize(column.type(), maxLength(column));
    }

    @Override
    public int getScale(int jdbcColumn) throws SQLException {
        return TypeMapping.scale(column(jdbcColumn).type());
    }

    @Override
    public int getColumnDisplaySize(int jdbcColumn) throws SQLException {
        ResultColumn column = column(jdbcColumn);
        return TypeMapping.displaySize(column.type(), maxLength(column));
    }

    private static @Nullable Integer maxLength(ResultColumn column) {
        ColumnDefinition origin = column.origin();
        return origin == null ? null : origin.maxLength();
    }

    @Override
    public boolean isAutoIncrement(int jdbcColumn) throws SQLException {
        ColumnDefinition origin = column(jdbcColumn).origin();
        return origin != null && origin.identity() != null;
    }

    @Override
    public boolean isCaseSensitive(int jdbcColumn) throws SQLException {
        return mapping(jdbcColumn).caseSensitive();
    }

    @Override
    public boolean isSearchable(int jdbcColumn) throws SQLException {
        column(jdbcColumn);
        return true;
    }

    @Override
    public boolean isCurrency(int jdbcColumn) throws SQLException {
        column(jdbcColumn);
        return false;
    }

    @Override
    public int isNullable(int jdbcColumn) throws SQLException {
        return column(jdbcColumn).nullable() ? columnNullable : columnNoNulls;
    }

    @Override
    public boolean isSigned(int jdbcColumn) throws SQLException {
        return mapping(jdbcColumn).signed();
    }

    /** Whether the result set cannot change it. */
    @Override
    public boolean isReadOnly(int jdbcColumn) throws SQLException {
        column(jdbcColumn);
        return !writable.test(jdbcColumn - 1);
    }

    @Override
    public boolean isWritable(int jdbcColumn) throws SQLException {
        return !isReadOnly(jdbcColumn);
    }

    @Override
    public boolean isDefinitelyWritable(int jdbcColumn) throws SQLException {
        return !isReadOnly(jdbcColumn);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrappers.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return Wrappers.isWrapperFor(this, type);
    }
}
