// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Definitions: how they change, what old rows read, and that every way to look at them tells the same. */
final class DdlTest {
    private final Client sql = new Client(TestDatabases.freshMemoryUrl());

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    @Test
    void createsTheThreeTypesOfTables() throws SQLException {
        sql.run(
                "CREATE NAMESPACE app",
                "CREATE TABLE app.plain (id INT PRIMARY KEY)",
                "CREATE SHARED TABLE app.shared (id INT PRIMARY KEY) ACCESS LEVEL public",
                "CREATE USER TABLE app.own (id BIGINT PRIMARY KEY DEFAULT SNOWFLAKE_ID(), body TEXT NOT NULL)"
                        + " STORAGE local FLUSH INTERVAL 60s ROW_THRESHOLD 1000",
                "CREATE STREAM TABLE app.events (id INT PRIMARY KEY) TTL 60",
                "CREATE TABLE app.cfg (k TEXT PRIMARY KEY, v JSON)"
                        + " WITH (TYPE = 'USER', FLUSH_POLICY = 'rows:1000,interval:60')");

        assertThat(sql.rows("SELECT table_name, table_type FROM system.tables WHERE namespace = 'app' ORDER BY 1"))
                .containsExactly("cfg|USER", "events|STREAM", "own|USER", "plain|SHARED", "shared|SHARED");
    }

    @Test
    void createIfNotExistsAndDropIfExistsAreQuiet() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY)",
                "INSERT INTO t VALUES (1)",
                "CREATE TABLE IF NOT EXISTS t (other TEXT)",
                "DROP TABLE IF EXISTS nothing",
                "CREATE NAMESPACE IF NOT EXISTS main",
                "DROP NAMESPACE IF EXISTS nothing");

        assertThat(sql.rows("SELECT * FROM t")).containsExactly("1");
    }

    @Test
    void addedColumnReadsItsDefaultInOldRows() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY)",
                "INSERT INTO t VALUES (1)",
                "ALTER TABLE t ADD COLUMN n INT DEFAULT 42",
                "ALTER TABLE t ADD s TEXT",
                "ALTER TABLE t ADD COLUMN d DECIMAL(5, 2) NOT NULL DEFAULT 1.5",
                "INSERT INTO t (id) VALUES (2)",
                "INSERT INTO t VALUES (3, NULL, 'x', 2)");

        assertThat(sql.rows("SELECT * FROM t ORDER BY id"))
                .containsExactly("1|42|null|1.50", "2|42|null|1.50", "3|null|x|2.00");
        assertThat(sql.rows("SELECT id FROM t WHERE n = 42 AND d > 1 ORDER BY id"))
                .containsExactly("1", "2");
    }

    @Test
    void changedDefaultConcernsNewRowsOnly() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY)",
                "INSERT INTO t VALUES (1)",
                "ALTER TABLE t ADD COLUMN n INT DEFAULT 1",
                "ALTER TABLE t ALTER COLUMN n SET DEFAULT 2",
                "INSERT INTO t (id) VALUES (2)",
                "ALTER TABLE t ALTER COLUMN n DROP DEFAULT",
                "INSERT INTO t (id) VALUES (3)");

        assertThat(sql.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|1", "2|2", "3|null");
    }

    @Test
    void readdedColumnDoesNotShowOldValues() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, c TEXT, d INT)",
                "INSERT INTO t VALUES (1, 'secret', 7)",
                "ALTER TABLE t DROP COLUMN c",
                "ALTER TABLE t ADD COLUMN c TEXT",
                "ALTER TABLE t DROP COLUMN d",
                "ALTER TABLE t ADD COLUMN d TEXT DEFAULT 'new'");

        assertThat(sql.rows("SELECT id, c, d FROM t")).containsExactly("1|null|new");
    }

    @Test
    void droppedColumnLeavesTheOrdinalsOfOthers() throws SQLException {
        sql.run(
                "CREATE TABLE t (a INT PRIMARY KEY, b INT, c INT)",
                "ALTER TABLE t DROP COLUMN b",
                "ALTER TABLE t ADD COLUMN d INT");

        assertThat(sql.rows("DESCRIBE TABLE t"))
                .containsExactly(
                        "a|1|INT|false|true|false|null|null",
                        "c|3|INT|true|false|false|null|null",
                        "d|4|INT|true|false|false|null|null");
        assertThat(sql.rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void renamedColumnAndTableKeepTheirRows() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, body TEXT)",
                "INSERT INTO t VALUES (1, 'x')",
                "ALTER TABLE t RENAME COLUMN body TO text_of_it",
                "ALTER TABLE t RENAME TO t2",
                "CREATE TABLE t (id INT PRIMARY KEY)");

        assertThat(sql.rows("SELECT text_of_it FROM t2")).containsExactly("x");
        assertThat(sql.rows("SELECT * FROM t")).isEmpty();
        assertThat(sql.failure("SELECT body FROM t2").getSQLState()).isEqualTo("42703");
    }

    @Test
    void widenedTypeKeepsOldValues() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, n SMALLINT, f FLOAT, d DECIMAL(5, 2))",
                "INSERT INTO t VALUES (1, -5, 1.5, 123.45)",
                "ALTER TABLE t MODIFY COLUMN n BIGINT",
                "ALTER TABLE t MODIFY COLUMN f DOUBLE",
                "ALTER TABLE t MODIFY COLUMN d DECIMAL(12, 2)",
                "INSERT INTO t VALUES (2, 9000000000, 1e300, 1234567890.12)");

        assertThat(sql.rows("SELECT n, d FROM t ORDER BY id")).containsExactly("-5|123.45", "9000000000|1234567890.12");
        assertThat(sql.rows("SELECT id FROM t WHERE f = 1.5 AND n < 0")).containsExactly("1");
        assertThat(sql.failure("ALTER TABLE t MODIFY COLUMN n SMALLINT").getSQLState())
                .isEqualTo("42804");
    }

    @Test
    void notNullCanBeAddedOnlyWhereNoNullIs() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, n INT)", "INSERT INTO t VALUES (1, 1), (2, NULL)");

        assertThat(sql.failure("ALTER TABLE t ALTER COLUMN n SET NOT NULL").getSQLState())
                .isEqualTo("23502");
        sql.run("UPDATE t SET n = 2 WHERE n IS NULL", "ALTER TABLE t ALTER COLUMN n SET NOT NULL");
        assertThat(sql.failure("INSERT INTO t VALUES (3, NULL)").getSQLState()).isEqualTo("23502");
        sql.run("ALTER TABLE t ALTER COLUMN n DROP NOT NULL", "INSERT INTO t VALUES (3, NULL)");
    }

    @Test
    void refusesWhatWouldBreakTheTable() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, a INT)", "INSERT INTO t VALUES (1, 1)");

        assertThat(sql.failure("ALTER TABLE t DROP COLUMN id").getSQLState()).isEqualTo("42P16");
        assertThat(sql.failure("ALTER TABLE t ALTER COLUMN id DROP NOT NULL").getSQLState())
                .isEqualTo("42P16");
        assertThat(sql.failure("ALTER TABLE t ADD COLUMN a INT").getSQLState()).isEqualTo("42701");
        assertThat(sql.failure("ALTER TABLE t ADD COLUMN A INT").getSQLState()).isEqualTo("42701");
        assertThat(sql.failure("ALTER TABLE t RENAME COLUMN a TO id").getSQLState())
                .isEqualTo("42701");
        assertThat(sql.failure("ALTER TABLE t DROP COLUMN b").getSQLState()).isEqualTo("42703");
        assertThat(sql.failure("ALTER TABLE t ADD COLUMN b INT NOT NULL").getSQLState())
                .isEqualTo("23502");
        sql.run("CREATE TABLE one (a INT)");
        assertThat(sql.failure("ALTER TABLE one DROP COLUMN a").getSQLState()).isEqualTo("42P16");
        assertThat(sql.value("SELECT schema_version FROM system.tables WHERE table_name = 't'"))
                .isEqualTo("1");
    }

    @Test
    void historyHasOneEntryForEachVersion() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, a INT)",
                "ALTER TABLE t ADD COLUMN b INT",
                "ALTER TABLE t DROP COLUMN a",
                "ALTER TABLE t RENAME COLUMN b TO c",
                "ALTER TABLE t ALTER COLUMN c SET DEFAULT 1",
                "ALTER TABLE t ALTER COLUMN c SET DEFAULT 1");

        List<String> history = sql.rows("DESCRIBE TABLE t HISTORY");

        assertThat(history).hasSize(5);
        assertThat(history.get(0)).startsWith("1|").endsWith("|Initial schema|2");
        assertThat(history.get(1)).startsWith("2|").contains("b").endsWith("|3");
        assertThat(history.get(2)).startsWith("3|").contains("a").endsWith("|2");
        assertThat(history.get(4)).startsWith("5|").endsWith("|2");
        assertThat(sql.value("SELECT schema_version FROM system.tables WHERE table_name = 't'"))
                .isEqualTo("5");
    }

    @Test
    void everyWayToLookAtColumnsTellsTheSame() throws SQLException {
        sql.run(
                "CREATE TABLE t (id BIGINT PRIMARY KEY, n INT DEFAULT 5 COMMENT 'how many', s VARCHAR(20) NOT NULL,"
                        + " d DECIMAL(10, 2) DEFAULT 1.25, ts TIMESTAMP DEFAULT NOW(), v EMBEDDING(3), j JSON,"
                        + " u UUID, b BYTES, ok BOOLEAN DEFAULT TRUE, \"Mixed Case\" TEXT DEFAULT 'it''s')",
                "ALTER TABLE t DROP COLUMN u",
                "ALTER TABLE t ADD COLUMN f FLOAT NOT NULL DEFAULT 0");
        List<String> described = sql.rows("DESCRIBE TABLE t").stream()
                .map(DdlTest::withoutPartition)
                .toList();

        assertThat(columnsByMetaData()).isEqualTo(described);
        assertThat(sql.rows("SELECT column_name, ordinal_position, data_type, is_nullable, is_primary_key,"
                        + " column_default, column_comment FROM information_schema.columns"
                        + " WHERE table_schema = 'main' AND table_name = 't' ORDER BY ordinal_position"))
                .isEqualTo(described);
        assertThat(labels("SELECT * FROM t"))
                .isEqualTo(described.stream()
                        .map(row -> row.substring(0, row.indexOf('|')))
                        .toList());
        assertThat(sql.rows("SHOW COLUMNS IN t")).hasSameSizeAs(described);
    }

    private static String withoutPartition(String row) {
        String[] values = row.split("\\|", -1);
        return String.join("|", values[0], values[1], values[2], values[3], values[4], values[6], values[7]);
    }

    private List<String> columnsByMetaData() throws SQLException {
        DatabaseMetaData metaData = sql.connection().getMetaData();
        List<String> keys = new ArrayList<>();
        try (ResultSet key = metaData.getPrimaryKeys(null, "main", "t")) {
            while (key.next()) {
                keys.add(key.getString("COLUMN_NAME"));
            }
        }
        List<String> columns = new ArrayList<>();
        try (ResultSet column = metaData.getColumns(null, "main", "t", "%")) {
            while (column.next()) {
                String name = column.getString("COLUMN_NAME");
                columns.add(String.join(
                        "|",
                        name,
                        column.getString("ORDINAL_POSITION"),
                        declaredType(column),
                        Boolean.toString(column.getInt("NULLABLE") == DatabaseMetaData.columnNullable),
                        Boolean.toString(keys.contains(name)),
                        String.valueOf(column.getString("COLUMN_DEF")),
                        String.valueOf(column.getString("REMARKS"))));
            }
        }
        return columns;
    }

    private static String declaredType(ResultSet column) throws SQLException {
        String type = column.getString("TYPE_NAME");
        int size = column.getInt("COLUMN_SIZE");
        return switch (type) {
            case "DECIMAL" -> "DECIMAL(" + size + ", " + column.getInt("DECIMAL_DIGITS") + ")";
            case "EMBEDDING" -> "EMBEDDING(" + size + ")";
            case "TEXT" -> size < Integer.MAX_VALUE ? "VARCHAR(" + size + ")" : type;
            default -> type;
        };
    }

    private List<String> labels(String query) throws SQLException {
        Connection connection = sql.connection();
        try (var statement = connection.prepareStatement(query)) {
            List<String> labels = new ArrayList<>();
            for (int i = 1; i <= statement.getMetaData().getColumnCount(); i++) {
                labels.add(statement.getMetaData().getColumnName(i));
            }
            return labels;
        }
    }

    @Test
    void createsTableFromQuery() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, d DECIMAL(8, 3), s TEXT)",
                "INSERT INTO t VALUES (1, 1.5, 'a'), (2, 2.25, NULL)",
                "CREATE TABLE c AS SELECT id * 2 AS twice, d, s FROM t",
                "CREATE TABLE e AS SELECT * FROM t WHERE FALSE");

        assertThat(sql.rows("SELECT * FROM c ORDER BY twice")).containsExactly("2|1.500|a", "4|2.250|null");
        assertThat(sql.rows("SELECT * FROM e")).isEmpty();
        assertThat(sql.rows("SELECT data_type FROM information_schema.columns WHERE table_name = 'e' ORDER BY"
                        + " ordinal_position"))
                .containsExactly("INT", "DECIMAL(8, 3)", "TEXT");
    }

    @Test
    void viewsFollowTheirTables() throws SQLException {
        sql.run(
                "CREATE TABLE t (id INT PRIMARY KEY, a INT)",
                "INSERT INTO t VALUES (1, 10), (2, 20)",
                "CREATE VIEW v AS SELECT a, id FROM t WHERE a > 10",
                "CREATE VIEW w AS SELECT count(*) AS n FROM v");

        assertThat(sql.rows("SELECT * FROM v")).containsExactly("20|2");
        sql.run("INSERT INTO t VALUES (3, 30)");
        assertThat(sql.value("SELECT n FROM w")).isEqualTo("2");
        assertThat(sql.failure("CREATE VIEW v AS SELECT 1 AS one").getSQLState())
                .isEqualTo("42P07");
        sql.run("CREATE OR REPLACE VIEW v AS SELECT id FROM t");
        assertThat(sql.value("SELECT n FROM w")).isEqualTo("3");
        sql.run("DROP VIEW w", "DROP VIEW v", "DROP VIEW IF EXISTS v");
        assertThat(sql.failure("SELECT * FROM v").getSQLState()).isEqualTo("42P01");
    }

    @Test
    void tablesWithoutKeyKeepDuplicates() throws SQLException {
        sql.run("CREATE TABLE t (x INT, s TEXT)", "INSERT INTO t VALUES (1, 'a'), (1, 'a'), (NULL, NULL)");

        assertThat(sql.update("UPDATE t SET s = 'b' WHERE x = 1")).isEqualTo(2);
        assertThat(sql.update("DELETE FROM t WHERE x IS NULL")).isOne();
        assertThat(sql.rows("SELECT * FROM t")).containsExactly("1|b", "1|b");
    }

    @Test
    void compositeKeysAreUniqueAsAWhole() throws SQLException {
        sql.run(
                "CREATE TABLE t (a INT, b TEXT, v INT, PRIMARY KEY (a, b))",
                "INSERT INTO t VALUES (1, 'x', 1), (1, 'y', 2)");

        assertThat(sql.failure("INSERT INTO t VALUES (1, 'x', 9)").getSQLState())
                .isEqualTo("23505");
        assertThat(sql.failure("INSERT INTO t VALUES (1, NULL, 9)").getSQLState())
                .isEqualTo("23502");
        assertThat(sql.rows("SELECT v FROM t WHERE a = 1 AND b = 'y'")).containsExactly("2");
        assertThat(sql.rows("SELECT v FROM t WHERE a = 1 ORDER BY b")).containsExactly("1", "2");
        assertThat(sql.update("DELETE FROM t WHERE a = 1 AND b = 'x'")).isOne();
    }

    @Test
    void quotedNamesKeepTheirCase() throws SQLException {
        sql.run(
                "CREATE TABLE \"My Table\" (\"Id\" INT PRIMARY KEY, \"id\" INT, \"select\" TEXT)",
                "INSERT INTO \"My Table\" (\"Id\", \"id\", \"select\") VALUES (1, 2, 'x')");

        assertThat(sql.rows("SELECT \"id\", \"Id\", \"select\" FROM \"My Table\""))
                .containsExactly("2|1|x");
        assertThat(sql.failure("SELECT * FROM \"my table\"").getSQLState()).isEqualTo("42P01");
    }

    @Test
    void droppedTableIsGoneAndItsNameFree() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)", "DROP TABLE t");

        assertThat(sql.failure("SELECT * FROM t").getSQLState()).isEqualTo("42P01");
        sql.run("CREATE TABLE t (id INT PRIMARY KEY, x TEXT)");
        assertThat(sql.rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void namespaceWithTablesIsDroppedByCascadeOnly() throws SQLException {
        sql.run("CREATE NAMESPACE app", "CREATE TABLE app.t (id INT PRIMARY KEY)");

        assertThat(sql.failure("DROP NAMESPACE app").getSQLState()).isEqualTo("2BP01");
        sql.run("DROP NAMESPACE app CASCADE");
        assertThat(sql.rows("SHOW NAMESPACES")).noneMatch(row -> row.startsWith("app|"));
        assertThat(sql.failure("CREATE TABLE app.t (id INT)").getSQLState()).isEqualTo("3F000");
    }

    @Test
    void useChangesWhereUnqualifiedNamesAreLookedUp() throws SQLException {
        sql.run(
                "CREATE NAMESPACE app",
                "CREATE TABLE app.t (id INT PRIMARY KEY)",
                "USE app",
                "INSERT INTO t VALUES (1)");

        assertThat(sql.rows("SELECT * FROM app.t")).containsExactly("1");
        assertThat(sql.connection().getSchema()).isEqualTo("app");
        sql.run("SET NAMESPACE main");
        assertThat(sql.failure("SELECT * FROM t").getSQLState()).isEqualTo("42P01");
    }

    @Test
    void showTablesHasVersionsAndTypes() throws SQLException {
        sql.run(
                "CREATE TABLE a (id INT PRIMARY KEY)",
                "CREATE STREAM TABLE b (id INT PRIMARY KEY) TTL 5",
                "ALTER TABLE a ADD COLUMN x INT");

        assertThat(sql.rows("SHOW TABLES IN main"))
                .satisfiesExactly(
                        row -> assertThat(row).startsWith("main|a|SHARED|2|"),
                        row -> assertThat(row).startsWith("main|b|STREAM|1|"));
    }
}
