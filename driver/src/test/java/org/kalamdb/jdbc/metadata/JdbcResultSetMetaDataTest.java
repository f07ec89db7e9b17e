// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.type.KalamDataType;

final class JdbcResultSetMetaDataTest {
    private static final TableId ORDERS = new TableId("sales", "orders");
    private static final ColumnDefinition ID = new ColumnDefinition(
            1,
            "id",
            1,
            KalamDataType.BIGINT,
            null,
            false,
            true,
            false,
            ColumnDefault.NONE,
            ColumnDefault.NONE,
            new IdentityDefinition(true, 1, 1),
            null);
    private static final ColumnDefinition NAME = new ColumnDefinition(
            2,
            "name",
            2,
            KalamDataType.TEXT,
            20,
            true,
            false,
            false,
            ColumnDefault.NONE,
            ColumnDefault.NONE,
            null,
            null);

    private final ResultSetMetaData metaData = new JdbcResultSetMetaData(List.of(
            new ResultColumn("key", KalamDataType.BIGINT, false, ORDERS, ID),
            new ResultColumn("name", KalamDataType.TEXT, true, ORDERS, NAME),
            new ResultColumn("total", KalamDataType.decimal(12, 2), true, null, null)));

    @Test
    void tellsLabelsFromNames() throws SQLException {
        assertThat(metaData.getColumnCount()).isEqualTo(3);
        assertThat(metaData.getColumnLabel(1)).isEqualTo("key");
        assertThat(metaData.getColumnName(1)).isEqualTo("id");
        assertThat(metaData.getTableName(1)).isEqualTo("orders");
        assertThat(metaData.getSchemaName(1)).isEqualTo("sales");
        assertThat(metaData.getCatalogName(1)).isEqualTo("def");
        assertThat(metaData.getColumnName(3)).isEqualTo("total");
        assertThat(metaData.getTableName(3)).isEmpty();
        assertThat(metaData.getSchemaName(3)).isEmpty();
        assertThat(metaData.getCatalogName(3)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1, BIGINT, java.lang.Long, 19, 0, 20, false, true, true, false",
        "2, TEXT, java.lang.String, 20, 0, 20, true, false, false, true",
        "3, DECIMAL, java.math.BigDecimal, 12, 2, 14, true, false, true, false",
    })
    void describesTypes(
            int column,
            String typeName,
            String className,
            int precision,
            int scale,
            int displaySize,
            boolean nullable,
            boolean autoIncrement,
            boolean signed,
            boolean caseSensitive)
            throws SQLException {
        assertThat(metaData.getColumnTypeName(column)).isEqualTo(typeName);
        assertThat(metaData.getColumnClassName(column)).isEqualTo(className);
        assertThat(metaData.getPrecision(column)).isEqualTo(precision);
        assertThat(metaData.getScale(column)).isEqualTo(scale);
        assertThat(metaData.getColumnDisplaySize(column)).isEqualTo(displaySize);
        assertThat(metaData.isNullable(column))
                .isEqualTo(nullable ? ResultSetMetaData.columnNullable : ResultSetMetaData.columnNoNulls);
        assertThat(metaData.isAutoIncrement(column)).isEqualTo(autoIncrement);
        assertThat(metaData.isSigned(column)).isEqualTo(signed);
        assertThat(metaData.isCaseSensitive(column)).isEqualTo(caseSensitive);
        assertThat(metaData.isReadOnly(column)).isTrue();
        assertThat(metaData.isWritable(column)).isFalse();
        assertThat(metaData.isDefinitelyWritable(column)).isFalse();
        assertThat(metaData.isSearchable(column)).isTrue();
        assertThat(metaData.isCurrency(column)).isFalse();
    }

    @Test
    void answersCodesOfJavaSql() throws SQLException {
        assertThat(metaData.getColumnType(1)).isEqualTo(Types.BIGINT);
        assertThat(metaData.getColumnType(2)).isEqualTo(Types.VARCHAR);
        assertThat(metaData.getColumnType(3)).isEqualTo(Types.DECIMAL);
    }

    @Test
    void refusesAnIndexOutOfRange() {
        assertThatThrownBy(() -> metaData.getColumnLabel(0)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> metaData.getColumnType(4)).hasMessageContaining("between 1 and 3");
    }
}
