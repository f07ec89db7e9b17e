// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ArrowTest {
    private static final String COLUMNS = "(id INT PRIMARY KEY, b BOOLEAN, s SMALLINT, big BIGINT, f FLOAT, d DOUBLE,"
            + " small DECIMAL(10, 2), large DECIMAL(38, 10), t TEXT, j JSON, x BYTES, u UUID, day DATE, tm TIME, ts TIMESTAMP,"
            + " moment DATETIME, e EMBEDDING(3))";
    private static final String VALUES = "(1, TRUE, -7, 9223372036854775807, 1.5, -2.25, -1.28,"
            + " -1234567890123456789012345678.0123456789, 'héllo', '{\"a\": 1}', X'01FF',"
            + " 'f23e4567-e89b-12d3-a456-426614174000', DATE '1969-12-31', TIME '23:59:59.999999',"
            + " TIMESTAMP '0001-01-01 00:00:00.000001', '2026-05-17 12:00:00+02', '[1, 2.5, -3]')";

    private Connection connection;
    private BufferAllocator allocator;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:kalamdb:mem:");
        allocator = new RootAllocator();
        run(
                "CREATE TABLE t " + COLUMNS,
                "CREATE TABLE copy " + COLUMNS,
                "CREATE TABLE small (id INT PRIMARY KEY, name TEXT)");
    }

    /** An allocator that is closed says what was not freed. */
    @AfterEach
    void close() throws SQLException {
        connection.close();
        allocator.close();
    }

    private void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private ArrowReader read(Statement statement, String sql) throws SQLException {
        return ArrowResults.reader(statement.executeQuery(sql), allocator);
    }

    private List<String> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    values.add(rows.getString(column));
                }
                texts.add(String.join("|", values.stream().map(String::valueOf).toList()));
            }
            return texts;
        }
    }

    @Test
    void valuesOfEveryTypeAreArrows() throws Exception {
        run("INSERT INTO t VALUES " + VALUES, "INSERT INTO t (id) VALUES (2)");
        try (Statement statement = connection.createStatement();
                ArrowReader reader = read(statement, "SELECT * FROM t ORDER BY id")) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            assertThat(root.getSchema().getFields().stream().map(field -> field.getName() + " " + field.getType()))
                    .containsExactly(
                            "id Int(32, true)",
                            "b Bool",
                            "s Int(16, true)",
                            "big Int(64, true)",
                            "f FloatingPoint(SINGLE)",
                            "d FloatingPoint(DOUBLE)",
                            "small Decimal(10, 2, 128)",
                            "large Decimal(38, 10, 128)",
                            "t Utf8",
                            "j Utf8",
                            "x Binary",
                            "u FixedSizeBinary(16)",
                            "day Date(DAY)",
                            "tm Time(MICROSECOND, 64)",
                            "ts Timestamp(MICROSECOND, null)",
                            "moment Timestamp(MICROSECOND, UTC)",
                            "e FixedSizeList(3)");
            assertThat(reader.loadNextBatch()).isTrue();
            assertThat(root.getRowCount()).isEqualTo(2);
            List<String> first = root.getFieldVectors().stream()
                    .map(vector -> text(vector.getObject(0)))
                    .toList();
            assertThat(first)
                    .containsExactly(
                            "1",
                            "true",
                            "-7",
                            "9223372036854775807",
                            "1.5",
                            "-2.25",
                            "-1.28",
                            "-1234567890123456789012345678.0123456789",
                            "héllo",
                            "{\"a\": 1}",
                            "01ff",
                            UUID.fromString("f23e4567-e89b-12d3-a456-426614174000")
                                    .toString()
                                    .replace("-", ""),
                            "-1",
                            "86399999999",
                            "0001-01-01T00:00:00.000001",
                            "1779012000000000",
                            "[1.0,2.5,-3.0]");
            for (FieldVector vector : root.getFieldVectors().subList(1, 17)) {
                assertThat(vector.isNull(1)).as(vector.getName()).isTrue();
            }
            assertThat(reader.loadNextBatch()).isFalse();
        }
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            StringBuilder text = new StringBuilder();
            for (byte each : bytes) {
                text.append(Character.forDigit(each >> 4 & 15, 16)).append(Character.forDigit(each & 15, 16));
            }
            return text.toString();
        }
        return String.valueOf(value);
    }

    @Test
    void whatIsReadCanBeInserted() throws Exception {
        run("INSERT INTO t VALUES " + VALUES, "INSERT INTO t (id) SELECT x FROM GENERATE_SERIES(2, 10000) AS s (x)");
        run("UPDATE t SET t = 'text ' || id, big = id, e = '[0, 1, 2]', small = id / 3 WHERE id % 3 = 0");
        try (Statement statement = connection.createStatement();
                ArrowReader reader = read(statement, "SELECT * FROM t")) {
            assertThat(ArrowInserts.insert(connection, null, "copy", reader)).isEqualTo(10_000);
        }
        assertThat(rows("SELECT * FROM copy ORDER BY id")).isEqualTo(rows("SELECT * FROM t ORDER BY id"));
        assertThat(rows("SELECT count(*), count(t), count(e) FROM copy")).containsExactly("10000|3334|3334");
    }

    @Test
    void nothingIsInsertedWhenARowIsRefused() throws Exception {
        run(
                "INSERT INTO t (id) SELECT x FROM GENERATE_SERIES(1, 9000) AS s (x)",
                "INSERT INTO copy (id) VALUES (8000)");
        for (boolean autoCommit : new boolean[] {true, false}) {
            connection.setAutoCommit(autoCommit);
            try (Statement statement = connection.createStatement();
                    ArrowReader reader = read(statement, "SELECT id FROM t")) {
                assertThatThrownBy(() -> ArrowInserts.insert(connection, "main", "copy", reader))
                        .isInstanceOf(SQLException.class);
            }
            assertThat(rows("SELECT count(*) FROM copy")).containsExactly("1");
            assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
        }
    }

    @Test
    void dictionariesAreDecoded() throws Exception {
        try (VarCharVector words = new VarCharVector("name", allocator);
                VarCharVector plain = new VarCharVector("name", allocator);
                IntVector ids = new IntVector("id", allocator)) {
            words.setSafe(0, new Text("one"));
            words.setSafe(1, new Text("two"));
            words.setValueCount(2);
            Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(1, false, null));
            for (int row = 0; row < 3; row++) {
                plain.setSafe(row, new Text(row == 1 ? "two" : "one"));
                ids.setSafe(row, row);
            }
            plain.setValueCount(3);
            ids.setValueCount(3);
            try (FieldVector encoded = (FieldVector) DictionaryEncoder.encode(plain, dictionary);
                    VectorSchemaRoot root = new VectorSchemaRoot(List.of(ids, encoded));
                    ArrowReader reader = new OneBatchReader(allocator, root, dictionary)) {
                assertThat(ArrowInserts.insert(connection, null, "small", reader))
                        .isEqualTo(3);
            }
        }
        assertThat(rows("SELECT * FROM small ORDER BY id")).containsExactly("0|one", "1|two", "2|one");
    }

    @Test
    void limitsAndEmptyResultsAreKept() throws Exception {
        run("INSERT INTO t (id) SELECT x FROM GENERATE_SERIES(1, 5000) AS s (x)");
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(3000);
            assertThat(count(read(statement, "SELECT id FROM t"))).isEqualTo(3000);
            assertThat(count(read(statement, "SELECT id FROM t WHERE id < 0"))).isZero();
        }
    }

    private static int count(ArrowReader reader) throws IOException {
        try (reader) {
            int rows = 0;
            while (reader.loadNextBatch()) {
                rows += reader.getVectorSchemaRoot().getRowCount();
            }
            return rows;
        }
    }

    @Test
    void cancelledStatementsFailWithTheDriversError() throws Exception {
        run("INSERT INTO t (id) SELECT x FROM GENERATE_SERIES(1, 20000) AS s (x)");
        try (Statement statement = connection.createStatement();
                ArrowReader reader = read(statement, "SELECT a.id FROM t a, t b")) {
            assertThat(reader.loadNextBatch()).isTrue();
            statement.cancel();
            assertThatThrownBy(() -> count(reader))
                    .isInstanceOf(IOException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
        }
    }

    @Test
    void closingTheReaderClosesTheResult() throws Exception {
        run("INSERT INTO t (id) VALUES (1)");
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery("SELECT id FROM t");
            ArrowResults.reader(rows, allocator).close();
            assertThat(rows.isClosed()).isTrue();
        }
    }

    @Test
    void rowsThatWereReadOrScrollAreRefused() throws Exception {
        run("INSERT INTO t (id) VALUES (1)");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM t")) {
            rows.next();
            assertThatThrownBy(() -> ArrowResults.reader(rows, allocator)).isInstanceOf(SQLException.class);
        }
        try (Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
                ResultSet rows = statement.executeQuery("SELECT id FROM t")) {
            assertThatThrownBy(() -> ArrowResults.reader(rows, allocator))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("TYPE_FORWARD_ONLY");
        }
    }

    /** What another library hands over: one batch, some fields of it encoded. */
    private static final class OneBatchReader extends ArrowReader {
        private final VectorSchemaRoot root;
        private final Dictionary dictionary;
        private boolean read;

        OneBatchReader(BufferAllocator allocator, VectorSchemaRoot root, Dictionary dictionary) {
            super(allocator);
            this.root = root;
            this.dictionary = dictionary;
        }

        @Override
        public VectorSchemaRoot getVectorSchemaRoot() {
            return root;
        }

        @Override
        public Dictionary lookup(long id) {
            return dictionary;
        }

        @Override
        public boolean loadNextBatch() {
            boolean first = !read;
            read = true;
            return first;
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        protected void closeReadSource() {}

        @Override
        protected Schema readSchema() {
            return new Schema(List.<Field>of());
        }
    }
}
