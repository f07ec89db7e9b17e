// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Compares what two databases with the same rows answer to a query of TPC-H. */
final class TpchAnswers {
    private TpchAnswers() {}

    /** @param number of the query, from 1 to 22 */
    static void assertSame(Connection connection, Connection reference, int number) throws SQLException, IOException {
        String sql = TpchData.query(number);

        Answer actual = Answer.of(connection, sql);

        Answer expected = Answer.of(reference, sql);
        assertThat(actual.labels()).hasSameSizeAs(expected.labels());
        assertThat(actual).usingEquals(Answer::hasRowsOf).isEqualTo(expected);
        List<String> sorted = sortColumns(sql);
        assertThat(actual.columns(sorted)).usingEquals(Answer::hasSequenceOf).isEqualTo(expected.columns(sorted));
    }

    /** The output columns that the query is ordered by; rows that are equal in them may come in any order. */
    private static List<String> sortColumns(String sql) {
        int orderBy = sql.toUpperCase(Locale.ROOT).lastIndexOf("ORDER BY");
        if (orderBy < 0) {
            return List.of();
        }
        String clause = sql.substring(orderBy + "ORDER BY".length()).replaceAll("(?is)\\bLIMIT\\b.*|\\bDESC\\b|;", "");
        return Arrays.stream(clause.split(",")).map(String::strip).toList();
    }
}
