// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.metadata;

import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;
import org.kalamdb.engine.ParameterInfo;
import org.kalamdb.jdbc.error.SqlExceptions;
import org.kalamdb.jdbc.error.Wrappers;
import org.kalamdb.type.TypeMapping;

/** The parameters of a prepared statement. Immutable. */
public final class JdbcParameterMetaData implements ParameterMetaData {
    private final List<ParameterInfo> parameters;
    /** How many of the first ones are answered by the statement. */
    private final int outCount;

    /** Parameters that are all set by the application. */
    public JdbcParameterMetaData(List<ParameterInfo> parameters) {
        this(parameters, 0);
    }

    /** @param outCount how many of the first ones are answered by the statement */
    public JdbcParameterMetaData(List<ParameterInfo> parameters, int outCount) {
        this.parameters = List.copyOf(parameters);
        this.outCount = outCount;
    }

    @Override
    public int getParameterCount() {
        return parameters.size();
    }

    private ParameterInfo parameter(int index) throws SQLException {
        SqlExceptions.requireParameter(index, parameters.size());
        return parameters.get(index - 1);
    }

    private TypeMapping mapping(int index) throws SQLException {
        return TypeMapping.of(parameter(index).type());
    }

    @Override
    public int isNullable(int index) throws SQLException {
        return parameter(index).nullable() ? parameterNullable : parameterNoNulls;
    }

    @Override
    public boolean isSigned(int index) throws SQLException {
        return mapping(index).signed();
    }

    @Override
    public int getPrecision(int index) throws SQLException {
        return TypeMapping.columnSize(parameter(index).type(), null);
    }

    @Override
    public int getScale(int index) throws SQLException {
        return TypeMapping.scale(parameter(index).type());
    }

    @Override
    public int getParameterType(int index) throws SQLException {
        return mapping(index).jdbcType();
    }

    @Override
    public String getParameterTypeName(int index) throws SQLException {
        return mapping(index).sqlName();
    }

    @Override
    public String getParameterClassName(int index) throws SQLException {
        return mapping(index).javaClassName();
    }

    @Override
    public int getParameterMode(int index) throws SQLException {
        parameter(index);
        return index <= outCount ? parameterModeOut : parameterModeIn;
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
