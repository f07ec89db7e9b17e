// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts are ordered by their bytes in UTF-8 and UUIDs by theirs, whichever way a query takes. */
final class OrderOfValuesTest {
    /** In order; Java has U+FF5E behind the code points above U+FFFF. */
    private static final List<String> TEXTS = List.of(
            "", "A", "Z", "a", "aa", "z", "\u00e9", "\ud7ff", "\ue000", "\uff5e", "\ud800\udc00", "\ud83d\ude00");

    /** In order; Java has those with the highest bit before the others. */
    private static final List<String> UUIDS = List.of(
            "00000000-0000-0000-0000-000000000001",
            "00000000-0000-0000-8000-000000000000",
            "00000000-0000-0000-ffff-ffffffffffff",
            "7fffffff-ffff-ffff-ffff-ffffffffffff",
            "80000000-0000-0000-0000-000000000000",
            "80000000-0000-0000-8000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff");

    /** As many values at the end of both lists tell the orders apart. */
    private static final int TELLING = 4;

    private final Client sql = new Client(TestDatabases.freshMemoryUrl());

    @BeforeEach
    void createTables() throws SQLException {
        for (String type : List.of("TEXT", "UUID")) {
            List<String> values = new ArrayList<>(type.equals("TEXT") ? TEXTS : UUIDS);
            Collections.reverse(values);
            Collections.swap(values, 1, 4);
            String name = type.toLowerCase(Locale.ROOT);
            sql.run(
                    "CREATE TABLE " + name + "_plain (v " + type + " NOT NULL, n INT)",
                    "CREATE TABLE " + name + "_key (v " + type + " PRIMARY KEY, n INT)",
                    "CREATE TABLE " + name + "_index (v " + type + " NOT NULL, n INT)",
                    "CREATE INDEX " + name + "_v ON " + name + "_index (v)");
            for (String table : List.of("_plain", "_key", "_index")) {
                for (String value : values) {
                    sql.run("INSERT INTO " + name + table + " VALUES ('" + value + "', " + value.length() % 2 + ")");
                }
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    private static Stream<Arguments> tables() {
        return Stream.of("_plain", "_key", "_index")
                .flatMap(way -> Stream.of(
                        Arguments.of("text" + way, "TEXT", TEXTS), Arguments.of("uuid" + way, "UUID", UUIDS)));
    }

    @Test
    void expectationsAreInTheOrderOfBytes() {
        List<byte[]> bytes = TEXTS.stream().map(text -> text.getBytes(UTF_8)).toList();
        assertThat(bytes).isSortedAccordingTo(Arrays::compareUnsigned);
        assertThat(TEXTS).isNotEqualTo(TEXTS.stream().sorted().toList());
        assertThat(UUIDS).isSorted();
        assertThat(UUIDS.stream().map(UUID::fromString).sorted().map(UUID::toString))
                .isNotEqualTo(UUIDS);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void sortsByBytes(String table, String type, List<String> values) throws SQLException {
        String query = "SELECT v FROM " + table + " ORDER BY v";
        assertThat(sql.rows(query)).isEqualTo(values);
        assertThat(sql.rows(query + " DESC")).isEqualTo(reversed(values));
        assertThat(sql.rows(query + " LIMIT 3")).isEqualTo(values.subList(0, 3));
        assertThat(sql.rows(query + " LIMIT 3 OFFSET 2")).isEqualTo(values.subList(2, 5));
        assertThat(sql.rows(query + " DESC LIMIT 4")).isEqualTo(reversed(values).subList(0, 4));
        assertThat(sql.rows(query + " OFFSET 4")).isEqualTo(values.subList(4, values.size()));
        assertThat(sql.rows("SELECT v FROM (SELECT DISTINCT v FROM " + table + ") ORDER BY v"))
                .isEqualTo(values);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void comparesByBytes(String table, String type, List<String> values) throws SQLException {
        int size = values.size();
        for (int i = size - TELLING; i < size; i++) {
            for (String known :
                    List.of("CAST('" + values.get(i) + "' AS " + type + ")", literal(type, values.get(i)))) {
                String query = "SELECT v FROM " + table + " WHERE v ";
                assertThat(sql.rows(query + "< " + known + " ORDER BY v")).isEqualTo(values.subList(0, i));
                assertThat(sql.rows(query + ">= " + known + " ORDER BY v")).isEqualTo(values.subList(i, size));
                assertThat(sql.rows(query + "<= " + known + " AND n >= 0 ORDER BY v LIMIT 100"))
                        .isEqualTo(values.subList(0, i + 1));
                assertThat(sql.rows("SELECT COUNT(*) FROM " + table + " WHERE " + known + " < v"))
                        .containsExactly(String.valueOf(size - i - 1));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void simplifiesConditionsByBytes(String table, String type, List<String> values) throws SQLException {
        for (int i = values.size() - TELLING; i < values.size(); i++) {
            for (int j = i + 1; j < values.size(); j++) {
                String low = literal(type, values.get(i));
                String high = literal(type, values.get(j));
                String query = "SELECT v FROM " + table + " WHERE ";
                assertThat(sql.rows(query + "v BETWEEN " + low + " AND " + high + " ORDER BY v"))
                        .isEqualTo(values.subList(i, j + 1));
                assertThat(sql.rows(query + "v = " + high + " AND v >= " + low)).containsExactly(values.get(j));
                assertThat(sql.rows(query + "v < " + low + " AND v > " + high)).isEmpty();
                assertThat(sql.rows(query + "(v < " + low + " OR v > " + high + ") ORDER BY v"))
                        .isEqualTo(Stream.concat(
                                        values.subList(0, i).stream(), values.subList(j + 1, values.size()).stream())
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void comparesParametersByBytes(String table, String type, List<String> values) throws SQLException {
        try (PreparedStatement query = sql.connection()
                .prepareStatement("SELECT v FROM " + table + " WHERE v > ? AND v <= ? ORDER BY v LIMIT ?")) {
            for (int i = 0; i < values.size(); i++) {
                query.setObject(1, type.equals("UUID") ? UUID.fromString(values.get(i)) : values.get(i));
                query.setObject(2, type.equals("UUID") ? UUID.fromString(values.get(6)) : values.get(6));
                query.setInt(3, 2);
                try (ResultSet rows = query.executeQuery()) {
                    assertThat(Client.rows(rows))
                            .isEqualTo(values.stream()
                                    .skip(i + 1)
                                    .limit(Math.min(2, Math.max(0, 6 - i)))
                                    .toList());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void findsExtremesByBytes(String table, String type, List<String> values) throws SQLException {
        String first = values.get(0);
        String last = values.get(values.size() - 1);
        assertThat(sql.rows("SELECT MIN(v), MAX(v) FROM " + table)).containsExactly(first + "|" + last);
        assertThat(sql.rows("SELECT MIN(v), MAX(v) FROM " + table + " WHERE n > 5"))
                .containsExactly("null|null");
        assertThat(sql.rows("SELECT MAX(v) FILTER (WHERE n < 5) FROM " + table + " GROUP BY n > 7"))
                .containsExactly(last);
        assertThat(sql.rows("SELECT DISTINCT MIN(v) OVER (), MAX(v) OVER () FROM " + table))
                .containsExactly(first + "|" + last);
        assertThat(sql.rows(
                        "SELECT MAX(GREATEST(a.v, b.v)), MIN(LEAST(a.v, b.v)) FROM " + table + " a, " + table + " b"))
                .containsExactly(last + "|" + first);
        assertThat(sql.rows("SELECT COUNT(*) FROM " + table + " a JOIN " + table + " b ON a.v < b.v"))
                .containsExactly(String.valueOf(values.size() * (values.size() - 1) / 2));
        assertThat(sql.rows("SELECT v FROM " + table + " WHERE v >= ALL (SELECT v FROM " + table + ")"))
                .containsExactly(last);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void numbersRowsByBytes(String table, String type, List<String> values) throws SQLException {
        assertThat(sql.rows(
                        "SELECT v FROM (SELECT v, ROW_NUMBER() OVER (ORDER BY v) AS r FROM " + table + ") ORDER BY r"))
                .isEqualTo(values);
        assertThat(sql.rows(
                        "SELECT v FROM (SELECT v, RANK() OVER (ORDER BY v DESC) AS r FROM " + table + ") ORDER BY r"))
                .isEqualTo(reversed(values));
    }

    @Test
    void keepsEqualRowsAsTheyCame() throws SQLException {
        sql.run("CREATE TABLE many (id INT PRIMARY KEY, g INT)");
        sql.run("INSERT INTO many SELECT n, CASE WHEN MOD(n, 10) = 9 THEN NULL ELSE MOD(n, 3) END "
                + "FROM GENERATE_SERIES(1, 5000) AS s(n)");
        List<String> all = sql.rows("SELECT id FROM (SELECT * FROM many WHERE id + 0 > 0) ORDER BY g DESC");
        assertThat(all).hasSize(5000);
        assertThat(sql.rows("SELECT id FROM many ORDER BY g DESC, id")).isEqualTo(all);
        for (int limit : new int[] {0, 1, 7, 511, 512, 513, 1700, 5000, 6000}) {
            assertThat(sql.rows("SELECT id FROM (SELECT * FROM many WHERE id + 0 > 0) ORDER BY g DESC LIMIT " + limit
                            + " OFFSET 3"))
                    .isEqualTo(all.stream().skip(3).limit(limit).toList());
        }
        assertThat(sql.rows("SELECT id FROM many ORDER BY g DESC NULLS LAST, id DESC LIMIT 2"))
                .containsExactly("5000", "4997");
    }

    @Test
    void readsUuidsInTheOrderOfKeys() throws SQLException {
        assertThat(String.join(" ", sql.rows("EXPLAIN SELECT * FROM uuid_key ORDER BY v LIMIT 2")))
                .contains("primary key uuid_key_pkey in order");
        assertThat(String.join(" ", sql.rows("EXPLAIN SELECT n FROM uuid_index ORDER BY v DESC LIMIT 2")))
                .contains("index uuid_v in descending order");
    }

    private static String literal(String type, String value) {
        return (type.equals("UUID") ? "UUID '" : "'") + value + "'";
    }

    private static List<String> reversed(List<String> values) {
        List<String> reversed = new ArrayList<>(values);
        Collections.reverse(reversed);
        return reversed;
    }
}
