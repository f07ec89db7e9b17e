// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AT TIME ZONE: of a DATETIME what clocks show then, of a TIMESTAMP the moment at which they show it, as in PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AtTimeZoneTest {
    private final Client sql = new Client(TestDatabases.freshMemoryUrl());

    @AfterAll
    void close() throws SQLException {
        sql.close();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "2024-07-01 12:00:00, Europe/Berlin, 2024-07-01 14:00:00",
        "2024-01-01 12:00:00, europe/berlin, 2024-01-01 13:00:00",
        "2024-01-01 12:00:00, UTC, 2024-01-01 12:00:00",
        "2024-01-01 23:59:59.999999, Asia/Kathmandu, 2024-01-02 05:44:59.999999",
        "1880-01-01 00:00:00, Europe/Berlin, 1880-01-01 00:53:28",
        "2011-12-30 09:59:59, Pacific/Apia, 2011-12-29 23:59:59",
        "2011-12-30 10:00:00, Pacific/Apia, 2011-12-31 00:00:00",
        "2024-01-01 12:00:00, Etc/GMT-2, 2024-01-01 14:00:00",
    })
    void tellsWhatClocksShowAtAMoment(String moment, String zone, String shown) throws SQLException {
        assertThat(sql.value("SELECT CAST(DATETIME '" + moment + "Z' AT TIME ZONE '" + zone + "' = TIMESTAMP '" + shown
                        + "' AS TEXT)"))
                .isEqualToIgnoringCase("true");
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "2024-07-01 14:00:00, Europe/Berlin, 2024-07-01 12:00:00Z",
        // Skipped: as if clocks had not been put forward yet. Shown twice: the second time.
        "2024-03-31 02:30:00, Europe/Berlin, 2024-03-31 01:30:00Z",
        "2024-10-27 02:30:00, Europe/Berlin, 2024-10-27 01:30:00Z",
        "2024-10-27 01:59:59, Europe/Berlin, 2024-10-26 23:59:59Z",
        "2011-12-30 12:00:00, Pacific/Apia, 2011-12-30 22:00:00Z",
        "0001-01-01 00:00:00, UTC, 0001-01-01 00:00:00Z",
    })
    void tellsTheMomentAtWhichClocksShowATime(String shown, String zone, String moment) throws SQLException {
        assertThat(sql.value("SELECT CAST(TIMESTAMP '" + shown + "' AT TIME ZONE '" + zone + "' = DATETIME '" + moment
                        + "' AS TEXT)"))
                .isEqualToIgnoringCase("true");
    }

    @Test
    void isAnExpressionOfColumns() throws SQLException {
        sql.run(
                "CREATE TABLE e (id INT PRIMARY KEY, moment DATETIME, zone TEXT)",
                "INSERT INTO e VALUES (1, DATETIME '2024-07-01 12:00:00Z', 'Asia/Tokyo'), (2, NULL, 'UTC'),"
                        + " (3, DATETIME '2024-07-01 12:00:00Z', NULL)");
        assertThat(sql.rows("SELECT id, EXTRACT(HOUR FROM moment AT TIME ZONE zone) FROM e ORDER BY id"))
                .containsExactly("1|21", "2|null", "3|null");
        assertThat(sql.rows("SELECT id FROM e WHERE moment AT TIME ZONE zone AT TIME ZONE zone = moment"))
                .containsExactly("1");
        assertThat(sql.value("SELECT CAST(moment AT TIME ZONE 'America/New_York' AS DATE) + 1 FROM e WHERE id = 1"))
                .isEqualTo("2024-07-02");
        assertThat(sql.value("SELECT COUNT(*) FROM e WHERE timezone('UTC', moment) = TIMESTAMP '2024-07-01 12:00:00'"))
                .isEqualTo("2");
        assertThat(sql.value("SELECT id AS at FROM e WHERE id = 1")).isEqualTo("1");
    }

    @Test
    void refusesZonesThatThereAreNotAndOffsetsWhoseSignMeansTwoThings() {
        for (String zone : new String[] {"Europe/Atlantis", "+02:00", "UTC+2", ""}) {
            SQLException failure =
                    sql.failureOfReading("SELECT DATETIME '2024-07-01 12:00:00Z' AT TIME ZONE '" + zone + "'");
            assertThat(failure.getSQLState()).isEqualTo("22023");
            assertThat(failure.getMessage()).contains("Unknown time zone '" + zone + "'", "Etc/GMT-2");
        }
    }
}
