// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What SHOW CREATE answers makes the same table or view again. */
final class ShowCreateTest {
    private static final int TABLES = 60;
    private static final List<String> TYPES = List.of(
            "BOOLEAN",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL(10, 3)",
            "TEXT",
            "VARCHAR(20)",
            "JSON",
            "BYTES",
            "UUID",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "DATETIME",
            "EMBEDDING(3)");

    private final Connection connection = TestDatabases.connect(TestDatabases.freshMemoryUrl());

    @BeforeEach
    void createReferenced() throws SQLException {
        execute("CREATE TABLE \"Other one\" (a INT, \"b \"\"c\" TEXT, PRIMARY KEY (a, \"b \"\"c\"))");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void answersStatementsThatMakeATableAgain() throws SQLException {
        execute("CREATE TABLE t (id BIGINT AUTO_INCREMENT PRIMARY KEY, a INT) COMMENT 'it''s'");

        assertThat(strings("SHOW CREATE TABLE t")).hasSize(1).first().asString().contains("'it''s'");
        assertMakesItAgain("t");
    }

    @Test
    void makesRandomTablesAgain() throws SQLException {
        for (int i = 0; i < TABLES; i++) {
            long seed = 4711 + i;
            Random random = new Random(seed);
            for (String sql : randomTable(random)) {
                try {
                    execute(sql);
                } catch (SQLException e) {
                    throw new AssertionError("seed " + seed + ": " + sql, e);
                }
            }
            assertMakesItAgain("\"T 1\"");
            execute("DROP TABLE \"T 1\"");
        }
    }

    @Test
    void makesAnAlteredTableAgain() throws SQLException {
        execute("CREATE TABLE t (id INT PRIMARY KEY, a INT DEFAULT 5, b TEXT UNIQUE, CHECK (a > 0))");
        execute("ALTER TABLE t ADD COLUMN c DECIMAL(5, 2) DEFAULT 1.5");
        execute("ALTER TABLE t ADD COLUMN d TEXT");
        execute("ALTER TABLE t RENAME COLUMN c TO \"A b\"");
        execute("ALTER TABLE t DROP COLUMN d");
        execute("CREATE INDEX t_c ON t (\"A b\", a)");
        execute("CREATE UNIQUE INDEX t_u ON t (a)");

        assertMakesItAgain("t");
    }

    @Test
    void makesViewsAgain() throws SQLException {
        execute("CREATE NAMESPACE n");
        execute("CREATE TABLE n.t (id INT PRIMARY KEY, a TEXT)");
        execute("INSERT INTO n.t VALUES (1, 'x')");
        execute("USE n");
        execute("CREATE VIEW main.v (\"K\", l) AS SELECT id, a || 'y' FROM t WHERE id < 3");
        execute("USE main");
        List<String> statements = strings("SHOW CREATE VIEW v");

        execute("DROP VIEW v");
        for (String sql : statements) {
            execute(sql);
        }
        execute("USE main");

        assertThat(strings("SELECT \"K\" || l FROM v")).containsExactly("1xy");
        assertThat(strings("SHOW CREATE VIEW v")).isEqualTo(statements);
    }

    @Test
    void refusesWhatNobodyCreates() {
        assertThatThrownBy(() -> strings("SHOW CREATE TABLE system.tables")).hasMessageContaining("system table");
        assertThatThrownBy(() -> strings("SHOW CREATE TABLE nothing"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("nothing");
    }

    private void assertMakesItAgain(String table) throws SQLException {
        List<String> statements = strings("SHOW CREATE TABLE " + table);
        List<String> columns = strings("DESCRIBE " + table);

        execute("DROP TABLE " + table);
        for (String sql : statements) {
            try {
                execute(sql);
            } catch (SQLException e) {
                throw new AssertionError(sql, e);
            }
        }

        assertThat(strings("SHOW CREATE TABLE " + table)).isEqualTo(statements);
        assertThat(strings("DESCRIBE " + table)).isEqualTo(columns);
    }

    private static List<String> randomTable(Random random) {
        StringJoiner elements = new StringJoiner(", ");
        elements.add("id BIGINT"
                + (random.nextInt(3) == 0 ? " GENERATED ALWAYS AS IDENTITY (START WITH 7 INCREMENT BY 3)" : ""));
        elements.add("k INT NOT NULL");
        int columns = 1 + random.nextInt(6);
        for (int i = 0; i < columns; i++) {
            String type = TYPES.get(random.nextInt(TYPES.size()));
            elements.add("\"c " + i + "\" " + type + (random.nextInt(3) == 0 ? " NOT NULL" : "")
                    + (random.nextInt(3) == 0 ? defaultOf(type) : "")
                    + (random.nextInt(5) == 0 ? " COMMENT 'a ''comment''; -- ü'" : ""));
        }
        elements.add(random.nextBoolean() ? "PRIMARY KEY (id)" : "CONSTRAINT \"my key\" PRIMARY KEY (k, id)");
        String kind = List.of("", "USER ", "SHARED ").get(random.nextInt(3));
        if (random.nextInt(3) == 0) {
            elements.add("CHECK (k > 0 AND k <> 12 OR id IS NULL)");
        }
        if (random.nextInt(3) == 0) {
            elements.add("CONSTRAINT u UNIQUE (k, id)");
        }
        if (kind.isEmpty() && random.nextInt(3) == 0) {
            elements.add("r TEXT");
            elements.add(
                    "FOREIGN KEY (k, r) REFERENCES \"Other one\" (a, \"b \"\"c\") ON DELETE CASCADE ON UPDATE SET NULL"
                            .replace("ON UPDATE SET NULL", random.nextBoolean() ? "ON UPDATE RESTRICT" : ""));
        }
        List<String> options = new ArrayList<>();
        if (random.nextBoolean()) {
            options.add("compression = '" + (random.nextBoolean() ? "snappy" : "none") + "'");
        }
        if (random.nextBoolean()) {
            options.add("flush_policy = '" + (random.nextBoolean() ? "rows:500" : "rows:20,interval:60") + "'");
        }
        if (random.nextBoolean()) {
            options.add("deleted_retention_hours = " + random.nextInt(50));
        }
        if (kind.equals("USER ")) {
            options.add("max_rows_per_user = " + random.nextInt(9));
        }
        List<String> statements = new ArrayList<>();
        statements.add("CREATE " + kind + "TABLE \"T 1\" (" + elements + ")"
                + (options.isEmpty() ? "" : " WITH (" + String.join(", ", options) + ")")
                + (random.nextInt(3) == 0 ? " COMMENT 'all''s well'" : ""));
        if (random.nextInt(3) == 0) {
            statements.add("CREATE INDEX \"an index\" ON \"T 1\" (k)");
            statements.add("CREATE UNIQUE INDEX other ON \"T 1\" (id, k)");
        }
        return statements;
    }

    private static String defaultOf(String type) {
        return switch (type) {
            case "BOOLEAN" -> " DEFAULT TRUE";
            case "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE" -> " DEFAULT -3";
            case "DECIMAL(10, 3)" -> " DEFAULT 12.5";
            case "TEXT", "VARCHAR(20)" -> " DEFAULT 'it''s'";
            case "DATE" -> " DEFAULT CURRENT_DATE";
            case "DATETIME" -> " DEFAULT CURRENT_TIMESTAMP";
            case "UUID" -> " DEFAULT GEN_RANDOM_UUID()";
            default -> "";
        };
    }

    private List<String> strings(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringJoiner row = new StringJoiner(" | ");
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
