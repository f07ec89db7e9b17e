// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JdbcArrayTest {
    private final JdbcArray array = new JdbcArray(new float[] {1, 2, 3, 4});

    @Test
    void answersCopies() throws SQLException {
        ((float[]) array.getArray())[0] = 9;

        assertThat(array.getArray()).isEqualTo(new float[] {1, 2, 3, 4});
        assertThat(array.getArray(2, 2)).isEqualTo(new float[] {2, 3});
        assertThat(array.getArray(1, 0, null)).isEqualTo(new float[0]);
        assertThat(array.getArray(Map.of())).isEqualTo(new float[] {1, 2, 3, 4});
        assertThat(array.getBaseType()).isEqualTo(Types.REAL);
        assertThat(array.getBaseTypeName()).isEqualTo("FLOAT");
    }

    @Test
    void answersRowsOfIndexAndValue() throws SQLException {
        ResultSet rows = array.getResultSet(3, 2);

        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt("INDEX")).isEqualTo(3);
        assertThat(rows.getFloat("VALUE")).isEqualTo(3);
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(4);
        assertThat(rows.next()).isFalse();
        assertThat(array.getResultSet().next()).isTrue();
    }

    @Test
    void refusesPartsOutsideOfIt() {
        assertThatThrownBy(() -> array.getArray(0, 1)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> array.getArray(4, 2)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> array.getArray(1, -1)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> array.getArray(Map.of("x", String.class)))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    @Test
    void isOfNoUseOnceFreed() throws SQLException {
        array.free();
        array.free();

        assertThatThrownBy(array::getArray).isInstanceOf(SQLException.class);
        assertThatThrownBy(array::getResultSet).isInstanceOf(SQLException.class);
        assertThatThrownBy(array::getBaseType).isInstanceOf(SQLException.class);
    }
}
