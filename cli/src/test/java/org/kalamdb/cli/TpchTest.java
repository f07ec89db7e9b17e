// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TpchTest {
    private static final double SCALE = 0.01;

    @Test
    void schemaHasTheEightTables() throws IOException {
        assertThat(TpchResources.schema()).hasSize(8).allMatch(statement -> statement.startsWith("CREATE TABLE "));
    }

    @ParameterizedTest(name = "Q{0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void queryHasItsTitle(int number) throws IOException {
        TpchResources.Query query = TpchResources.query(number);

        assertThat(query.title()).startsWith("Q" + number + ", ");
        assertThat(query.sql()).matches("(?s)(SELECT|WITH)\\s.*").doesNotContain(";", "--");
    }

    @Test
    void loadsExactDecimalsAndDates() throws IOException, SQLException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement()) {
            for (String create : TpchResources.schema()) {
                statement.execute(create);
            }
            PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
            long rows = new TpchLoader(connection, SCALE, out, false).load();

            assertThat(rows).isEqualTo(5 + 25 + 100 + 2_000 + 8_000 + 1_500 + 15_000 + 60_175);
            assertThat(connection.getAutoCommit()).isTrue();
            String firstLine = "SELECT l_quantity, l_extendedprice, l_discount, l_tax, l_shipdate FROM lineitem"
                    + " WHERE l_orderkey = 1 AND l_linenumber = 1";
            try (ResultSet line = statement.executeQuery(firstLine)) {
                assertThat(line.next()).isTrue();
                assertThat(line.getString(1)).isEqualTo("17.00");
                assertThat(line.getBigDecimal(2).scale()).isEqualTo(2);
                assertThat(line.getString(3)).isEqualTo("0.04");
                assertThat(line.getString(4)).isEqualTo("0.02");
                assertThat(line.getString(5)).isEqualTo("1996-03-13");
            }
        }
        assertThat(output.toString(StandardCharsets.UTF_8).lines()).hasSize(8).noneMatch(line -> line.contains("\r"));
    }
}
