// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.EmbeddingVector;
import org.kalamdb.engine.batch.IntVector;
import org.kalamdb.engine.batch.LongVector;
import org.kalamdb.engine.batch.VectorBuilder;
import org.kalamdb.jdbc.ColumnarParameters;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/** Batches whose parameters come column by column store what those whose parameters come row by row do. */
final class ColumnarParametersTest {
    private static final List<String> TYPES = List.of(
            "BOOLEAN",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL(10, 2)",
            "DECIMAL(38, 4)",
            "TEXT",
            "VARCHAR(9)",
            "JSON",
            "BYTES",
            "UUID",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "DATETIME",
            "EMBEDDING(2)");

    private Client client;

    @BeforeEach
    void open() throws SQLException {
        client = new Client(TestDatabases.freshMemoryUrl());
    }

    @AfterEach
    void close() throws SQLException {
        client.close();
    }

    private long[] insert(String sql, ColumnVector... columns) throws SQLException {
        try (PreparedStatement statement = client.connection().prepareStatement(sql)) {
            return statement
                    .unwrap(ColumnarParameters.class)
                    .executeBatch(new ColumnBatch(columns[0].size(), List.of(columns)));
        }
    }

    private static ColumnVector ints(int... values) {
        return new IntVector(KalamDataType.INT, values.length, values, null);
    }

    private static ColumnVector texts(@Nullable String... values) {
        VectorBuilder builder = VectorBuilder.of(KalamDataType.TEXT, values.length);
        Arrays.stream(values).forEach(builder::append);
        return builder.build();
    }

    private static @Nullable String sample(Random random, String type) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        int number = random.nextInt(1 << 14);
        return switch (type) {
            case "BOOLEAN" -> String.valueOf(number % 2 == 0);
            case "DECIMAL(10, 2)" -> number - 8000 + ".25";
            case "DECIMAL(38, 4)" -> (number - 8000) + "1234567890123456789012345678.0625";
            case "TEXT" -> "é".repeat(number % 50) + (number % 100 == 0 ? "x".repeat(70_000) : "");
            case "VARCHAR(9)" -> "ö".repeat(number % 10);
            case "JSON" -> "{\"a\": " + number + "}";
            case "BYTES" -> "\\x" + "0f".repeat(number % 5);
            case "UUID" -> "f23e4567-e89b-12d3-a456-4266141" + (10_000 + number % 10_000);
            case "DATE" -> "19" + (10 + number % 90) + "-02-03";
            case "TIME" -> "12:34:" + (10 + number % 50) + "." + number;
            case "TIMESTAMP" -> "0" + (100 + number % 900) + "-02-03 12:34:56." + number;
            case "DATETIME" -> "2026-02-03 12:34:" + (10 + number % 50) + "+02";
            case "EMBEDDING(2)" -> "[" + number + ", -0.5]";
            default -> String.valueOf(number - 8000);
        };
    }

    @Test
    void valuesOfEveryTypeAreStoredAsRowsOfABatchAre() throws SQLException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> columns = IntStream.range(0, TYPES.size())
                .mapToObj(i -> "c" + i + " " + TYPES.get(i))
                .toList();
        for (String table : List.of("by_row", "by_column")) {
            client.run("CREATE TABLE " + table + " (id INT PRIMARY KEY, " + String.join(", ", columns) + ")");
        }
        String values = " VALUES (?" + ", ?".repeat(TYPES.size()) + ")";
        int rows = 3000;
        List<KalamDataType> types;
        try (PreparedStatement byRow = client.connection().prepareStatement("INSERT INTO by_row" + values);
                PreparedStatement byColumn = client.connection().prepareStatement("INSERT INTO by_column" + values)) {
            ColumnarParameters parameters = byColumn.unwrap(ColumnarParameters.class);
            types = parameters.types();
            List<VectorBuilder> builders = new ArrayList<>();
            types.forEach(type -> builders.add(VectorBuilder.of(type, rows)));
            for (int row = 0; row < rows; row++) {
                byRow.setInt(1, row);
                builders.get(0).append(row);
                for (int i = 0; i < TYPES.size(); i++) {
                    String text = sample(random, TYPES.get(i));
                    byRow.setString(i + 2, text);
                    builders.get(i + 1).append(text == null ? null : StoredValues.parse(types.get(i + 1), text));
                }
                byRow.addBatch();
            }
            byRow.executeBatch();
            ColumnBatch batch = new ColumnBatch(
                    rows, builders.stream().map(VectorBuilder::build).toList());
            assertThat(parameters.executeBatch(batch)).hasSize(rows).containsOnly(1);
        }
        assertThat(client.rows("SELECT * FROM by_column ORDER BY id"))
                .as("seed " + seed)
                .isEqualTo(client.rows("SELECT * FROM by_row ORDER BY id"));
    }

    @Test
    void defaultsNumbersIndexesAndGeneratedKeysAreThoseOfEveryInsert() throws SQLException {
        client.run(
                "CREATE TABLE t (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, n INT UNIQUE,"
                        + " name TEXT DEFAULT 'nobody', at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)",
                "CREATE INDEX t_name ON t (name)");
        try (PreparedStatement insert =
                client.connection().prepareStatement("INSERT INTO t (n) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            insert.unwrap(ColumnarParameters.class).executeBatch(new ColumnBatch(3, List.of(ints(7, 8, 9))));
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(Client.rows(keys)).containsExactly("1", "2", "3");
            }
        }
        client.run("CREATE TABLE u (id BIGINT GENERATED BY DEFAULT AS IDENTITY, n INT, name TEXT DEFAULT 'nobody')");
        insert("INSERT INTO u (n) VALUES (?)", ints(7, 8));
        insert(
                "INSERT INTO u (id, n, name) VALUES (?, ?, 'some')",
                new LongVector(KalamDataType.BIGINT, 1, new long[] {9}, null),
                ints(1));
        insert("INSERT INTO u (n) VALUES (?)", ints(5));
        assertThat(client.rows("SELECT id, n, name FROM u ORDER BY id"))
                .containsExactly("1|7|nobody", "2|8|nobody", "9|1|some", "10|5|nobody");
        assertThat(client.rows("SELECT n FROM t WHERE name = 'nobody' ORDER BY n"))
                .containsExactly("7", "8", "9");
        assertThat(client.value("SELECT id FROM t WHERE n = 8")).isEqualTo("2");
    }

    @Test
    void rowsExpireAndBelongToUsersAsOthers() throws SQLException {
        client.run("CREATE STREAM TABLE s (id INT PRIMARY KEY, v TEXT) TTL 3600", "CREATE USER TABLE mine (id INT)");
        insert("INSERT INTO s VALUES (?, ?)", ints(1, 2), texts("a", null));
        insert("INSERT INTO mine VALUES (?)", ints(1, 2));
        assertThat(client.rows("SELECT * FROM s ORDER BY id")).containsExactly("1|a", "2|null");
        assertThat(client.rows("SELECT * FROM mine ORDER BY id")).containsExactly("1", "2");
    }

    @Test
    void otherStatementsRunOnceForEachRow() throws SQLException {
        client.run(
                "CREATE TABLE t (id INT PRIMARY KEY, name TEXT)", "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        assertThat(insert("UPDATE t SET name = ? WHERE id = ?", texts("x", "y", null), ints(1, 9, 3)))
                .containsExactly(1, 0, 1);
        assertThat(insert("INSERT INTO t VALUES (?, ?) ON CONFLICT (id) DO NOTHING", ints(3, 4), texts("z", "new")))
                .containsExactly(0, 1);
        assertThat(insert("INSERT INTO t VALUES (?, upper(?))", ints(5), texts("up")))
                .containsExactly(1);
        assertThat(insert("DELETE FROM t WHERE id = ?", ints(2, 2))).containsExactly(1, 0);
        assertThat(client.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|x", "3|null", "4|new", "5|UP");
    }

    @Test
    void valuesThatTheColumnDoesNotTakeAreRefusedAndNothingIsLeft() throws SQLException {
        client.run("CREATE TABLE t (id INT NOT NULL, t TEXT, v VARCHAR(3), j JSON, d DATE, tm TIME, m DECIMAL(4, 1),"
                + " b BYTES(2), e EMBEDDING(1))");
        assertRefused("23502", "NULL is not allowed in column id", "t", texts("a", "b"));
        assertRefused("22001", "column v of table main.t, which holds up to 3, got 4", "v", texts("abc", "äöüß"));
        assertRefused("22032", "JSON", "j", bytes(KalamDataType.JSON, "{}", "{"));
        assertRefused(
                "22P03",
                "column t of table main.t: its bytes are not UTF-8",
                "t",
                bytes(KalamDataType.TEXT, "a", "\u00ff"));
        assertRefused(
                "22003",
                "column d of table main.t: out of the range of DATE, got 2932897 as it is stored",
                "d",
                new IntVector(KalamDataType.DATE, 2, new int[] {2932896, 2932897}, null));
        assertRefused("22003", "TIME", "tm", new LongVector(KalamDataType.TIME, 2, new long[] {0, -1}, null));
        assertRefused(
                "22003",
                "out of the range of DECIMAL(4, 1), got -1000.0",
                "m",
                new LongVector(new DecimalType(4, 1), 2, new long[] {9999, -10000}, null));
        assertRefused("22001", "got 3 bytes", "b", bytes(KalamDataType.BYTES, "ab", "abc"));
        assertRefused("22000", "", "e", new EmbeddingVector(new EmbeddingType(1), 2, new float[] {1, Float.NaN}, null));
    }

    /** Inserts two rows, of which the first is as it should be unless the column id has no value. */
    private void assertRefused(String sqlState, String message, String column, ColumnVector values)
            throws SQLException {
        boolean withoutId = sqlState.equals("23502");
        String sql = withoutId
                ? "INSERT INTO t (" + column + ") VALUES (?)"
                : "INSERT INTO t (" + column + ", id) VALUES (?, ?)";
        ColumnVector[] columns = withoutId ? new ColumnVector[] {values} : new ColumnVector[] {values, ints(1, 2)};
        BatchUpdateException alone = catchThrowableOfType(BatchUpdateException.class, () -> insert(sql, columns));
        assertThat(alone.getSQLState()).isEqualTo(sqlState);
        assertThat(alone.getMessage()).contains(message);
        assertThat(alone.getLargeUpdateCounts()).containsExactly(Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED);
        client.connection().setAutoCommit(false);
        BatchUpdateException within = catchThrowableOfType(BatchUpdateException.class, () -> insert(sql, columns));
        assertThat(within.getLargeUpdateCounts()).hasSize(withoutId ? 0 : 1);
        client.connection().rollback();
        client.connection().setAutoCommit(true);
        assertThat(client.rows("SELECT * FROM t")).isEmpty();
    }

    /** @param latin characters that stand for one byte each */
    private static ColumnVector bytes(KalamDataType type, String... latin) {
        int[] offsets = new int[latin.length + 1];
        for (int i = 0; i < latin.length; i++) {
            offsets[i + 1] = offsets[i] + latin[i].length();
        }
        byte[] data = String.join("", latin).getBytes(StandardCharsets.ISO_8859_1);
        return new BytesVector(type, latin.length, data, offsets, null);
    }

    @Test
    void columnsMustBeThoseOfTheParameters() throws SQLException {
        client.run("CREATE TABLE t (id INT PRIMARY KEY, name TEXT)");
        assertThatThrownBy(() -> insert("INSERT INTO t VALUES (?, ?)", ints(1)))
                .hasMessageContaining("Statement has 2 parameters, got columns for 1");
        assertThatThrownBy(() -> insert("INSERT INTO t VALUES (?, ?)", ints(1), ints(1)))
                .hasMessageContaining("Invalid column for parameter 2: must be of " + KalamDataType.TEXT.sqlName());
        assertThatThrownBy(() -> insert("SELECT * FROM t WHERE id = ?", ints(1)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("24000"));
        assertThat(insert("INSERT INTO t VALUES (?, ?)", ints(), texts())).isEmpty();
        try (PreparedStatement insert = client.connection().prepareStatement("INSERT INTO t (id) VALUES (?)")) {
            assertThat(insert.isWrapperFor(ColumnarParameters.class)).isTrue();
            ColumnarParameters parameters = insert.unwrap(ColumnarParameters.class);
            insert.close();
            assertThatThrownBy(() -> parameters.executeBatch(new ColumnBatch(1, List.of(ints(1)))))
                    .hasMessage("Cannot use a closed statement");
        }
        assertThat(client.rows("SELECT * FROM t")).isEmpty();
    }
}
