// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statements under {@code sql/} answer as DuckDB does, or as the script says where DuckDB differs by design. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SqlDifferentialTest {
    private static final List<String> SCRIPTS = List.of(
            "joins",
            "subqueries",
            "sets",
            "aggregates",
            "windows",
            "predicates",
            "ordering",
            "numbers",
            "text",
            "dates",
            "regressions");

    private final Connection kalam = TestDatabases.connect(TestDatabases.freshMemoryUrl());
    private final Connection reference = TestDatabases.connect("jdbc:duckdb:");

    @BeforeAll
    void createTables() throws SQLException, IOException {
        for (Connection connection : List.of(kalam, reference)) {
            try (Statement statement = connection.createStatement()) {
                for (SqlScript.Case setup : SqlScript.read("tables")) {
                    statement.execute(setup.sql());
                }
            }
        }
    }

    @AfterAll
    void close() throws SQLException {
        kalam.close();
        reference.close();
    }

    static List<SqlScript.Case> cases() throws IOException {
        List<SqlScript.Case> all = new ArrayList<>();
        for (String script : SCRIPTS) {
            all.addAll(SqlScript.read(script));
        }
        return all;
    }

    @Test
    void scriptsCoverTheLanguage() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(350);
        assertThat(cases())
                .filteredOn(each -> each.difference() != null)
                .allSatisfy(each -> assertThat(each.expectedBy())
                        .as("the right answer of %s", each)
                        .isNotNull());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answersAsTheReference(SqlScript.Case each) throws SQLException {
        Answer actual = Answer.of(kalam, each.sql());

        Answer expected = Answer.of(reference, each.reference());
        assertThat(actual.labels()).hasSameSizeAs(expected.labels());
        if (each.isOrdered()) {
            assertThat(actual).usingEquals(Answer::hasSequenceOf).isEqualTo(expected);
        } else {
            assertThat(actual).usingEquals(Answer::hasRowsOf).isEqualTo(expected);
        }
    }
}
