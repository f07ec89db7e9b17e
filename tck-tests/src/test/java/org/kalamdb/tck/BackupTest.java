// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BACKUP and RESTORE, of databases and of namespaces. */
final class BackupTest {
    private static final int ACCOUNTS = 200;

    @TempDir
    private Path folder;

    private Path backup;
    private Client sql;

    @BeforeEach
    void open() {
        backup = folder.resolve("backup");
        sql = new Client(TestDatabases.url(folder.resolve("db")));
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    /** Tables of both tiers with all that can belong to a table. */
    private static void fill(Client client) throws SQLException {
        client.run(
                "CREATE NAMESPACE app",
                "CREATE TABLE app.users (id INT AUTO_INCREMENT PRIMARY KEY, email TEXT UNIQUE, age INT CHECK (age > 0))",
                "CREATE INDEX by_age ON app.users (age)",
                "INSERT INTO app.users (email, age) SELECT 'u' || x, x FROM (VALUES 1, 2, 3, 4, 5, 6) AS v (x)",
                "CREATE TABLE app.orders (id INT PRIMARY KEY, user_id INT REFERENCES app.users (id))",
                "INSERT INTO app.orders VALUES (1, 1), (2, 2)",
                "CREATE TABLE app.log (line TEXT)",
                "INSERT INTO app.log VALUES ('a'), ('b')",
                "CREATE USER TABLE app.notes (id INT PRIMARY KEY, body TEXT)",
                "INSERT INTO app.notes VALUES (1, 'mine')",
                "CREATE VIEW app.grown AS SELECT email FROM app.users WHERE age > 3",
                "CREATE TABLE other (id INT PRIMARY KEY)",
                "INSERT INTO other VALUES (7)");
    }

    private void flushAndChange() throws SQLException {
        sql.run(
                "STORAGE FLUSH ALL",
                "DELETE FROM app.users WHERE id = 6",
                "UPDATE app.users SET age = 50 WHERE id = 5",
                "INSERT INTO app.log VALUES ('c')",
                "ALTER TABLE app.users ADD COLUMN city TEXT DEFAULT 'Rome'",
                "INSERT INTO app.users (email, age) VALUES ('u7', 7)");
    }

    /** What {@link #fill} and {@link #flushAndChange} leave. */
    private static void requireContent(Client client, int nextId) throws SQLException {
        assertThat(client.rows("SELECT * FROM app.users ORDER BY id"))
                .containsExactly(
                        "1|u1|1|Rome", "2|u2|2|Rome", "3|u3|3|Rome", "4|u4|4|Rome", "5|u5|50|Rome", "7|u7|7|Rome");
        assertThat(client.rows("SELECT id FROM app.users WHERE age = 50")).containsExactly("5");
        assertThat(client.rows("SELECT id FROM app.users WHERE email = 'u4'")).containsExactly("4");
        assertThat(client.rows("SELECT count(*) FROM app.users WHERE age = 5")).containsExactly("0");
        assertThat(client.rows("SELECT line FROM app.log ORDER BY line")).containsExactly("a", "b", "c");
        assertThat(client.rows("SELECT * FROM app.notes")).containsExactly("1|mine");
        assertThat(client.rows("SELECT * FROM app.grown ORDER BY email")).containsExactly("u4", "u5", "u7");
        assertThat(client.failure("INSERT INTO app.users (email, age) VALUES ('u3', 1)")
                        .getSQLState())
                .isEqualTo("23505");
        assertThat(client.failure("DELETE FROM app.users WHERE id = 1").getSQLState())
                .isEqualTo("23503");
        assertThat(client.failure("INSERT INTO app.orders VALUES (3, 99)").getSQLState())
                .isEqualTo("23503");
        client.run("INSERT INTO app.users (email, age) VALUES ('new', 9)", "INSERT INTO app.log VALUES ('d')");
        assertThat(Integer.parseInt(client.value("SELECT id FROM app.users WHERE email = 'new'")))
                .isGreaterThanOrEqualTo(nextId);
        assertThat(client.rows("SELECT line FROM app.log ORDER BY line")).containsExactly("a", "b", "c", "d");
        client.run("STORAGE FLUSH ALL", "STORAGE COMPACT ALL");
        assertThat(client.value("SELECT count(*) FROM app.users")).isEqualTo("7");
    }

    @Test
    void wholeBackupIsADatabase() throws SQLException {
        fill(sql);
        flushAndChange();

        List<String> answer = sql.rows("BACKUP DATABASE TO '" + backup + "'");
        sql.run("DROP NAMESPACE app CASCADE", "DELETE FROM other");

        assertThat(answer).hasSize(1);
        assertThat(answer.get(0)).startsWith("BK-").contains("|null|" + backup + "|5|");
        try (Client copy = new Client(TestDatabases.url(backup))) {
            requireContent(copy, 8);
            assertThat(copy.rows("SELECT * FROM main.other")).containsExactly("7");
        }
    }

    @Test
    void namespaceBackupIsADatabaseOfThatNamespace() throws SQLException {
        fill(sql);
        flushAndChange();

        assertThat(sql.rows("BACKUP DATABASE app TO '" + backup + "'").get(0)).contains("|app|" + backup + "|4|");

        try (Client copy = new Client(TestDatabases.url(backup))) {
            assertThat(copy.rows("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'main'"))
                    .containsExactly("0");
            requireContent(copy, 8);
        }
    }

    @Test
    void restoresADroppedNamespaceBesideOthers() throws SQLException {
        fill(sql);
        flushAndChange();
        sql.run("BACKUP NAMESPACE app TO '" + backup + "'", "DROP NAMESPACE app CASCADE");
        sql.run("CREATE NAMESPACE more", "CREATE TABLE more.users (id INT PRIMARY KEY, v INT UNIQUE)");
        sql.run("INSERT INTO more.users VALUES (1, 1)");

        List<String> answer = sql.rows("RESTORE DATABASE app FROM '" + backup + "'");

        assertThat(answer.get(0)).startsWith("RS-").endsWith("|app|" + backup + "|4|12");
        requireContent(sql, 8);
        assertThat(sql.rows("SELECT * FROM more.users WHERE v = 1")).containsExactly("1|1");
        close();
        open();
        assertThat(sql.value("SELECT count(*) FROM app.users")).isEqualTo("7");
        assertThat(sql.rows("SELECT * FROM more.users")).containsExactly("1|1");
    }

    @Test
    void restoresOneNamespaceOutOfAWholeBackup() throws SQLException {
        fill(sql);
        flushAndChange();
        sql.run("BACKUP DATABASE TO '" + backup + "'", "DROP NAMESPACE app CASCADE");

        sql.run("RESTORE NAMESPACE app FROM '" + backup + "'");

        requireContent(sql, 8);
    }

    @Test
    void restoresAWholeDatabaseIntoANewOne() throws SQLException {
        fill(sql);
        flushAndChange();
        sql.run("BACKUP DATABASE TO '" + backup + "'");
        try (Client target = new Client(TestDatabases.url(folder.resolve("other")))) {
            target.run("RESTORE DATABASE FROM '" + backup + "'");

            requireContent(target, 8);
            assertThat(target.rows("SELECT * FROM other")).containsExactly("7");
            assertThat(target.rows("SELECT id FROM app.users WHERE age = 2")).containsExactly("2");
        }
    }

    @Test
    void databaseInMemoryIsBackedUpAndRestored() throws SQLException {
        try (Client memory = new Client(TestDatabases.freshMemoryUrl())) {
            fill(memory);
            memory.run("BACKUP DATABASE TO '" + backup + "'");
        }
        sql.run("RESTORE DATABASE FROM '" + backup + "'");
        flushAndChange();
        Path second = folder.resolve("second");
        sql.run("BACKUP DATABASE app TO '" + second + "'");
        try (Client memory = new Client(TestDatabases.freshMemoryUrl())) {
            memory.run("RESTORE DATABASE app FROM '" + second + "'");

            assertThat(memory.rows("SELECT id, age, city FROM app.users WHERE id > 3 ORDER BY id"))
                    .containsExactly("4|4|Rome", "5|50|Rome", "7|7|Rome");
        }
    }

    @Test
    void existingNamespaceIsNotRestoredOver() throws SQLException {
        fill(sql);
        sql.run("BACKUP DATABASE app TO '" + backup + "'", "DELETE FROM app.log");

        SQLException failure = sql.failure("RESTORE DATABASE app FROM '" + backup + "'");

        assertThat(failure.getSQLState()).isEqualTo("42P06");
        assertThat(failure.getMessage()).contains("namespace app", "empty it first");
        assertThat(sql.rows("RESTORE DATABASE IF NOT EXISTS app FROM '" + backup + "'"))
                .containsExactly("null|app|" + backup + "|0|0");
        assertThat(sql.value("SELECT count(*) FROM app.log")).isEqualTo("0");
        assertThat(sql.rows("SELECT status FROM system.jobs WHERE job_type = 'restore'"))
                .containsExactly("failed");
    }

    @Test
    void namespaceThatReferencesAnotherIsNotCopiedAlone() throws SQLException {
        sql.run(
                "CREATE NAMESPACE a",
                "CREATE NAMESPACE b",
                "CREATE TABLE a.parent (id INT PRIMARY KEY)",
                "CREATE TABLE b.child (id INT PRIMARY KEY, p INT REFERENCES a.parent (id))",
                "INSERT INTO a.parent VALUES (1)",
                "INSERT INTO b.child VALUES (1, 1)");

        SQLException failure = sql.failure("BACKUP DATABASE b TO '" + backup + "'");
        assertThat(failure.getSQLState()).isEqualTo("2BP01");
        assertThat(failure.getMessage()).contains("a.parent");
        assertThat(backup).doesNotExist();

        sql.run("BACKUP DATABASE a TO '" + backup + "'", "DROP NAMESPACE b CASCADE", "DROP NAMESPACE a CASCADE");
        sql.run("RESTORE DATABASE a FROM '" + backup + "'", "DELETE FROM a.parent", "DROP TABLE a.parent");
    }

    @Test
    void targetMustBeFree() throws SQLException, IOException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY)");
        Files.createDirectories(backup);
        sql.run("BACKUP DATABASE TO '" + backup + "'");

        assertThat(sql.failure("BACKUP DATABASE TO '" + backup + "'").getSQLState())
                .isEqualTo("22023");
        assertThat(sql.failure("BACKUP DATABASE TO '" + folder.resolve("db/inside") + "'")
                        .getMessage())
                .contains("outside");
        assertThat(sql.failure("BACKUP DATABASE TO 'b.tar.gz'").getSQLState()).isEqualTo("0A000");
        assertThat(sql.failure("BACKUP DATABASE nowhere TO '" + folder.resolve("n") + "'")
                        .getSQLState())
                .isEqualTo("3F000");
        assertThat(sql.rows("BACKUP DATABASE IF EXISTS nowhere TO '" + folder.resolve("n") + "'"))
                .containsExactly("null|nowhere|" + folder.resolve("n") + "|0|0");
        assertThat(children()).containsExactlyInAnyOrder("db", "backup");
    }

    private List<String> children() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    @Test
    void sourceMustBeADatabase() throws IOException {
        Files.createDirectories(backup);

        assertThat(sql.failure("RESTORE DATABASE FROM '" + backup + "'").getSQLState())
                .isEqualTo("08001");
        assertThat(sql.failure("RESTORE DATABASE FROM '" + folder.resolve("missing") + "'")
                        .getMessage())
                .contains("missing");
        assertThat(folder.resolve("missing")).doesNotExist();
        assertThat(backup).isEmptyDirectory();
    }

    @Test
    void jobsTellWhatWasBackedUp() throws SQLException {
        sql.run("CREATE NAMESPACE app", "CREATE TABLE app.t (id INT PRIMARY KEY)");
        sql.run("BACKUP DATABASE TO '" + backup + "'", "BACKUP DATABASE app TO '" + folder.resolve("b2") + "'");
        sql.failure("BACKUP DATABASE app TO '" + backup + "'");

        assertThat(sql.rows("SELECT namespace_id, table_name, status, JSON_VALUE(parameters, '$.path')"
                        + " FROM system.jobs WHERE job_type = 'backup' ORDER BY job_id"))
                .containsExactly(
                        "*|null|completed|" + backup,
                        "app|null|completed|" + folder.resolve("b2"),
                        "app|null|failed|" + backup);
        assertThat(sql.rows("SHOW BACKUPS FOR DATABASE app")).hasSize(3);
        assertThat(sql.rows("SHOW BACKUP FOR DATABASE main")).hasSize(1);
        assertThat(sql.rows("SHOW BACKUPS").get(0)).startsWith("BK-1|null|" + backup + "|completed|");
    }

    @Test
    void backupHoldsWhatIsCommittedOnly() throws SQLException {
        sql.run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        sql.run("BEGIN", "INSERT INTO t VALUES (2)", "BACKUP DATABASE TO '" + backup + "'", "ROLLBACK");
        try (Client copy = new Client(TestDatabases.url(backup))) {
            assertThat(copy.rows("SELECT * FROM t")).containsExactly("1");
        }
        sql.run("BEGIN READ ONLY");
        assertThat(sql.failure("RESTORE DATABASE FROM '" + backup + "'").getSQLState())
                .isEqualTo("25006");
    }

    /** Money moves between accounts and rows between tiers while backups are made; each holds one moment of it. */
    @Test
    void backupsUnderLoadAreOfOneMoment() throws Exception {
        sql.run(
                "CREATE TABLE account (id INT PRIMARY KEY, amount INT)",
                "CREATE INDEX by_amount ON account (amount)",
                "CREATE TABLE step (id INT PRIMARY KEY)");
        for (int id = 0; id < ACCOUNTS; id++) {
            sql.run("INSERT INTO account VALUES (" + id + ", 100)");
        }
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger acknowledged = new AtomicInteger();
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            Future<?> writer = others.submit(() -> moveMoney(stop, acknowledged));
            Future<?> mover = others.submit(() -> moveRows(stop));
            for (int round = 0; round < 6; round++) {
                Path target = folder.resolve("backup" + round);
                int before = acknowledged.get();
                sql.run((round % 2 == 0 ? "BACKUP DATABASE TO '" : "BACKUP DATABASE main TO '") + target + "'");
                int after = acknowledged.get();
                requireOneMoment(target, before, after + 1);
            }
            stop.set(true);
            writer.get(1, TimeUnit.MINUTES);
            mover.get(1, TimeUnit.MINUTES);
        } finally {
            stop.set(true);
            others.shutdown();
        }
    }

    private Void moveMoney(AtomicBoolean stop, AtomicInteger acknowledged) throws SQLException {
        try (Client client = new Client(TestDatabases.url(folder.resolve("db")))) {
            for (int step = 1; !stop.get(); step++) {
                int from = step * 7 % ACCOUNTS;
                client.run(
                        "BEGIN",
                        "UPDATE account SET amount = amount - 1 WHERE id = " + from,
                        "UPDATE account SET amount = amount + 1 WHERE id = " + (from + 13) % ACCOUNTS,
                        "INSERT INTO step VALUES (" + step + ")",
                        "COMMIT");
                acknowledged.set(step);
            }
        }
        return null;
    }

    private Void moveRows(AtomicBoolean stop) throws SQLException {
        try (Client client = new Client(TestDatabases.url(folder.resolve("db")))) {
            while (!stop.get()) {
                client.run("STORAGE FLUSH ALL", "STORAGE FLUSH TABLE account", "STORAGE COMPACT ALL");
            }
        }
        return null;
    }

    private static void requireOneMoment(Path target, int least, int most) throws SQLException {
        try (Client copy = new Client(TestDatabases.url(target))) {
            assertThat(copy.value("SELECT sum(amount), count(*) FROM account"))
                    .isEqualTo(100 * ACCOUNTS + "|" + ACCOUNTS);
            assertThat(copy.value("SELECT sum(n) FROM (SELECT count(*) AS n FROM account WHERE amount < 100 UNION ALL"
                            + " SELECT count(*) FROM account WHERE amount >= 100) AS parts"))
                    .isEqualTo(Integer.toString(ACCOUNTS));
            String[] steps = copy.value("SELECT count(*), max(id) FROM step").split("\\|", -1);
            assertThat(steps[1]).isEqualTo(steps[0].equals("0") ? "null" : steps[0]);
            assertThat(Integer.parseInt(steps[0])).isBetween(least, most);
        }
    }
}
