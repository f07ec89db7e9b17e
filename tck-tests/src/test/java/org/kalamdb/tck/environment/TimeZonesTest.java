// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.tck.Client;
import org.kalamdb.tck.TestDatabases;

/** Dates and times in JVMs whose time zones have gaps, overlaps and offsets of odd minutes and seconds. */
final class TimeZonesTest {
    private static final int ROUNDS = 300;

    private final TimeZone before = TimeZone.getDefault();
    private Client sql;

    @BeforeEach
    void createTable() throws SQLException {
        sql = new Client(TestDatabases.freshMemoryUrl());
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, ts TIMESTAMP, dt DATETIME, d DATE, t TIME)");
    }

    @AfterEach
    void restoreZone() throws SQLException {
        TimeZone.setDefault(before);
        sql.close();
    }

    private void store(String column, Object value) throws SQLException {
        sql.run("DELETE FROM t");
        try (PreparedStatement insert =
                sql.connection().prepareStatement("INSERT INTO t (id, " + column + ") VALUES (1, ?)")) {
            insert.setObject(1, value);
            insert.executeUpdate();
        }
    }

    private ResultSet row(Statement statement) throws SQLException {
        ResultSet row = statement.executeQuery("SELECT ts, dt, d, t FROM t");
        row.next();
        return row;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Asia/Kathmandu",
                "America/St_Johns",
                "America/New_York",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "Africa/Monrovia",
                "Europe/Amsterdam",
                "UTC"
            })
    void whatTheClockShowsIsStoredInEveryZone(String zone) throws SQLException {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (PreparedStatement select = sql.connection()
                .prepareStatement(
                        "SELECT CAST(? AS TIMESTAMP), CAST(? AS DATE), CAST(? AS TIME), CAST(? AS DATETIME)")) {
            for (int round = 0; round < ROUNDS; round++) {
                LocalDateTime dateTime = dateTime(random);
                // In a gap this is another time than that of the clock, which is what must come back then.
                Timestamp timestamp = Timestamp.valueOf(dateTime);
                Date date = Date.valueOf(dateTime.toLocalDate());
                Time time = Time.valueOf(dateTime.toLocalTime().withNano(0));
                select.setTimestamp(1, timestamp);
                select.setDate(2, date);
                select.setTime(3, time);
                select.setTimestamp(4, timestamp);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    String context = "seed " + seed + ", " + dateTime;
                    assertThat(row.getTimestamp(1)).as(context).isEqualTo(timestamp);
                    assertThat(row.getObject(1, LocalDateTime.class))
                            .as(context)
                            .isEqualTo(timestamp.toLocalDateTime());
                    assertThat(row.getDate(2)).as(context).isEqualTo(date);
                    assertThat(row.getObject(2, LocalDate.class)).as(context).isEqualTo(date.toLocalDate());
                    assertThat(row.getTime(3)).as(context).isEqualTo(time);
                    assertThat(row.getObject(3, LocalTime.class)).as(context).isEqualTo(time.toLocalTime());
                    assertThat(row.getTimestamp(4)).as(context).isEqualTo(timestamp);
                    assertThat(row.getObject(4, Instant.class)).as(context).isEqualTo(timestamp.toInstant());
                    Calendar calendar = Calendar.getInstance();
                    assertThat(row.getTimestamp(1, calendar)).as(context).isEqualTo(timestamp);
                    assertThat(row.getDate(2, calendar)).as(context).isEqualTo(date);
                    assertThat(row.getTime(3, calendar)).as(context).isEqualTo(time);
                    assertThat(row.getTimestamp(4, calendar)).as(context).isEqualTo(timestamp);
                }
            }
        }
    }

    /** Before 1582 java.sql counts days by another calendar, in which none of these is missing. */
    private static LocalDateTime dateTime(Random random) {
        LocalDate date = LocalDate.of(1 + random.nextInt(9999), 1 + random.nextInt(9), 1 + random.nextInt(28));
        return date.atTime(random.nextInt(24), random.nextInt(60), random.nextInt(60))
                .plusNanos(1000L * random.nextInt(1_000_000));
    }

    @Test
    void timesThatTheZoneSkipsAreKept() throws SQLException {
        TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
        // Clocks went from 00:01 to 01:01.
        LocalDateTime skipped = LocalDateTime.of(2007, 3, 11, 0, 30);
        store("ts", skipped);
        try (Statement statement = sql.connection().createStatement();
                ResultSet row = row(statement)) {
            assertThat(row.getString(1)).isEqualTo("2007-03-11 00:30:00");
            assertThat(row.getObject(1, LocalDateTime.class)).isEqualTo(skipped);
            assertThat(row.getTimestamp(1)).isEqualTo(Timestamp.valueOf("2007-03-11 01:30:00"));
        }
    }

    @Test
    void momentsThatTheClockShowsTwiceAreToldApart() throws SQLException {
        TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
        Instant first = Instant.parse("2007-11-04T02:15:00Z");
        for (Instant moment : new Instant[] {first, first.plusSeconds(3600)}) {
            store("dt", Timestamp.from(moment));
            try (Statement statement = sql.connection().createStatement();
                    ResultSet row = row(statement)) {
                assertThat(row.getTimestamp(2)).isEqualTo(Timestamp.from(moment));
                assertThat(row.getObject(2)).isEqualTo(OffsetDateTime.ofInstant(moment, ZoneOffset.UTC));
            }
        }
    }

    @Test
    void daysThatTheZoneSkipsAreKept() throws SQLException {
        // Samoa went over the date line: there was no 30 December.
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
        store("d", LocalDate.of(2011, 12, 30));
        try (Statement statement = sql.connection().createStatement();
                ResultSet row = row(statement)) {
            assertThat(row.getObject(3, LocalDate.class)).isEqualTo(LocalDate.of(2011, 12, 30));
            assertThat(row.getString(3)).isEqualTo("2011-12-30");
        }
    }

    @Test
    void calendarsSayWhichZoneIsMeant() throws SQLException {
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        Calendar newfoundland = Calendar.getInstance(TimeZone.getTimeZone("America/St_Johns"));
        // Noon in UTC is half past eight there.
        Timestamp noon = Timestamp.from(Instant.parse("2020-01-01T12:00:00Z"));
        sql.run("DELETE FROM t");
        try (PreparedStatement insert = sql.connection().prepareStatement("INSERT INTO t (id, ts) VALUES (1, ?)")) {
            insert.setTimestamp(1, noon, newfoundland);
            insert.executeUpdate();
        }
        try (Statement statement = sql.connection().createStatement();
                ResultSet row = row(statement)) {
            assertThat(row.getString(1)).isEqualTo("2020-01-01 08:30:00");
            assertThat(row.getTimestamp(1, newfoundland)).isEqualTo(noon);
            assertThat(row.getTimestamp(1)).isEqualTo(Timestamp.valueOf("2020-01-01 08:30:00"));
        }
    }
}
