// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.tck.SqlModel.Row;
import org.kalamdb.tck.SqlModel.Table;

/**
 * Random statements, transactions, flushes, compactions, definitions, restarts and snapshots that are held open, compared
 * with {@link SqlModel}.
 */
final class SqlModelTest {
    private static final int STEPS = 150;
    private static final int LONG_STEPS = 2000;
    private static final int IDS = 40;
    private static final int TEXTS = 5;
    private static final List<String> USERS = List.of("ann", "bob");
    private static final List<Table> TABLES = List.of(
            new Table("shared_key", true, false),
            new Table("shared_bare", false, false),
            new Table("user_key", true, true),
            new Table("user_bare", false, true));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void answersAsTheModel(long seed, @TempDir Path folder) throws SQLException {
        run(seed, STEPS, folder);
    }

    /** As many seeds as {@code -Dkalamdb.seeds} says, from {@code -Dkalamdb.seed} on or from any number. */
    @Test
    @Tag("long")
    void answersAsTheModelForManySeeds(@TempDir Path folder) throws Exception {
        long first = Long.getLong("kalamdb.seed", System.nanoTime());
        for (long seed = first; seed < first + Integer.getInteger("kalamdb.seeds", 50); seed++) {
            System.out.println("SqlModelTest: -Dkalamdb.seed=" + seed);
            run(seed, LONG_STEPS, Files.createDirectory(folder.resolve(Long.toString(seed))));
        }
    }

    private static void run(long seed, int steps, Path folder) throws SQLException {
        List<String> log = new ArrayList<>();
        try (Run run = new Run(seed, TestDatabases.url(folder), log)) {
            for (int step = 0; step < steps; step++) {
                run.step();
            }
            run.compareEverything();
        } catch (SQLException | RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + ", after\n"
                            + String.join("\n", log.subList(Math.max(0, log.size() - 40), log.size())),
                    e);
        }
    }

    /** A condition as SQL and as what it means. */
    private record Condition(String sql, Predicate<Row> holds) {}

    /** What a reader that is not to see later changes has to see. */
    private record Snapshot(String user, Client client, SqlModel rows) {}

    private static final class Run implements AutoCloseable {
        private final Random random;
        private final String url;
        private final List<String> log;
        private final Map<String, Client> clients = new LinkedHashMap<>();
        private final List<Snapshot> snapshots = new ArrayList<>();
        private final Set<String> indexes = new HashSet<>();

        private SqlModel committed = new SqlModel();
        /** Who is in a transaction, if anybody is, and what they see. */
        private @Nullable String writer;

        private SqlModel working = committed;
        private final Deque<SqlModel> savepoints = new ArrayDeque<>();
        private int names;

        Run(long seed, String url, List<String> log) throws SQLException {
            this.random = new Random(seed);
            this.url = url;
            this.log = log;
            open();
            for (Table table : TABLES) {
                execute(
                        "ann",
                        "CREATE " + (table.perUser() ? "USER" : "SHARED") + " TABLE " + table.name() + " (id INT"
                                + (table.keyed() ? " PRIMARY KEY" : "") + ", a INT, s TEXT)");
            }
            toggleIndex(TABLES.get(0));
            toggleIndex(TABLES.get(3));
        }

        void step() throws SQLException {
            int choice = random.nextInt(100);
            Table table = pick(TABLES);
            if (choice < 60) {
                write(table);
            } else if (choice < 72) {
                control();
            } else if (choice < 77) {
                execute(pick(USERS), "STORAGE FLUSH TABLE main." + table.name());
            } else if (choice < 80) {
                execute(pick(USERS), "STORAGE COMPACT TABLE main." + table.name());
            } else if (choice < 84) {
                alter(table);
            } else if (choice < 86) {
                toggleIndex(table);
            } else if (choice < 92) {
                changeSnapshots();
            } else if (choice < 93) {
                restart();
            } else {
                compare(table);
            }
            if (random.nextInt(15) == 0) {
                compareEverything();
            }
        }

        // Changes of rows

        private void write(Table table) throws SQLException {
            String user = writer == null ? pick(USERS) : writer;
            int kind = random.nextInt(10);
            SqlModel next = working.copy();
            if (kind < 4) {
                List<Row> rows = rows();
                boolean possible = next.insert(table, user, rows);
                change(user, "INSERT INTO " + table.name() + values(rows), possible ? rows.size() : -1, next);
            } else if (kind < 5 && table.keyed()) {
                upsert(table, user, next);
            } else if (kind < 8) {
                update(table, user, next);
            } else {
                Condition condition = condition();
                int count = next.delete(table, user, condition.holds);
                change(user, "DELETE FROM " + table.name() + " WHERE " + condition.sql, count, next);
            }
        }

        private void upsert(Table table, String user, SqlModel next) throws SQLException {
            List<Row> rows = rows().stream()
                    .collect(Collectors.toMap(Row::id, row -> row, (first, second) -> first, LinkedHashMap::new))
                    .values()
                    .stream()
                    .toList();
            String sql = "INSERT INTO " + table.name() + values(rows) + " ON CONFLICT (id) DO ";
            switch (random.nextInt(3)) {
                case 0 -> change(user, sql + "NOTHING", next.upsert(table, user, rows, (present, row) -> null), next);
                case 1 -> {
                    int count = next.upsert(
                            table,
                            user,
                            rows,
                            (present, row) -> present.with("a", row.number("a")).with("s", row.text("s")));
                    change(user, sql + "UPDATE SET a = EXCLUDED.a, s = EXCLUDED.s", count, next);
                }
                default -> {
                    int count = next.upsert(
                            table,
                            user,
                            rows,
                            (present, row) -> present.text("s") == null
                                    ? null
                                    : present.with("a", sum(present.number("a"), row.number("a"))));
                    change(
                            user,
                            sql + "UPDATE SET a = " + table.name() + ".a + EXCLUDED.a WHERE " + table.name()
                                    + ".s IS NOT NULL",
                            count,
                            next);
                }
            }
        }

        private void update(Table table, String user, SqlModel next) throws SQLException {
            Condition condition = condition();
            int number = random.nextInt(20);
            String text = text();
            List<String> added = List.copyOf(next.added(table).keySet());
            String assignment;
            UnaryOperator<Row> change;
            int kind = random.nextInt(6);
            if (kind == 0) {
                assignment = "id = id + 50";
                change = row -> row.with("id", row.id() + 50);
            } else if (kind == 1) {
                assignment = "a = NULL, s = " + literal(text);
                change = row -> row.with("a", null).with("s", text);
            } else if (kind == 2 && !added.isEmpty()) {
                String column = pick(added);
                assignment = column + " = a + " + number;
                change = row -> row.with(column, sum(row.number("a"), number));
            } else {
                assignment = "a = a + " + number;
                change = row -> row.with("a", sum(row.number("a"), number));
            }
            int count = next.update(table, user, condition.holds, change);
            change(user, "UPDATE " + table.name() + " SET " + assignment + " WHERE " + condition.sql, count, next);
        }

        /** @param count how many rows change, or -1 if a key would be there twice */
        private void change(String user, String sql, int count, SqlModel next) throws SQLException {
            log.add(user + ": " + sql + " -- " + count);
            if (count < 0) {
                assertThat(client(user).failure(sql).getSQLState()).isEqualTo("23505");
                return;
            }
            assertThat(client(user).update(sql)).as(sql).isEqualTo(count);
            working = next;
            if (writer == null) {
                committed = next;
            }
        }

        private List<Row> rows() {
            return IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(i -> Row.of(random.nextInt(IDS), number(), text()))
                    .toList();
        }

        private static String values(List<Row> rows) {
            return " (id, a, s) VALUES "
                    + rows.stream()
                            .map(row -> "(" + row.id() + ", " + row.number("a") + ", " + literal(row.text("s")) + ")")
                            .collect(Collectors.joining(", "));
        }

        private Condition condition() {
            int n = random.nextInt(IDS);
            int m = n + random.nextInt(20);
            String text = "s" + random.nextInt(TEXTS);
            return switch (random.nextInt(8)) {
                case 0, 1 -> new Condition("id = " + n, row -> row.id() == n);
                case 2 -> new Condition("id IN (" + n + ", " + m + ")", row -> row.id() == n || row.id() == m);
                case 3 -> new Condition("id BETWEEN " + n + " AND " + m, row -> row.id() >= n && row.id() <= m);
                case 4 -> new Condition("s = '" + text + "'", row -> text.equals(row.text("s")));
                case 5 -> new Condition("a IS NULL", row -> row.number("a") == null);
                case 6 ->
                    new Condition(
                            "s < '" + text + "' AND a > " + n,
                            row -> row.text("s") != null
                                    && Objects.requireNonNull(row.text("s")).compareTo(text) < 0
                                    && row.number("a") != null
                                    && Objects.requireNonNull(row.number("a")) > n);
                default -> new Condition("MOD(id, 5) = " + n % 5, row -> row.id() % 5 == n % 5);
            };
        }

        private @Nullable Integer number() {
            return random.nextInt(5) == 0 ? null : random.nextInt(100);
        }

        private @Nullable String text() {
            return random.nextInt(5) == 0 ? null : "s" + random.nextInt(TEXTS);
        }

        private static String literal(@Nullable String text) {
            return text == null ? "NULL" : "'" + text + "'";
        }

        private static @Nullable Integer sum(@Nullable Integer left, @Nullable Integer right) {
            return left == null || right == null ? null : Integer.valueOf(left + right);
        }

        // Transactions and snapshots

        private void control() throws SQLException {
            String user = writer;
            if (user == null) {
                user = pick(USERS);
                client(user).connection().setAutoCommit(false);
                log.add(user + ": BEGIN");
                writer = user;
                return;
            }
            int kind = random.nextInt(6);
            if (kind < 2) {
                end(user, true);
            } else if (kind < 3) {
                end(user, false);
            } else if (kind < 4 || savepoints.isEmpty()) {
                execute(user, "SAVEPOINT p" + savepoints.size());
                savepoints.push(working);
            } else if (kind < 5) {
                execute(user, "ROLLBACK TO SAVEPOINT p" + (savepoints.size() - 1));
                working = savepoints.element();
            } else {
                execute(user, "RELEASE SAVEPOINT p" + (savepoints.size() - 1));
                savepoints.pop();
            }
        }

        private void end(String user, boolean commit) throws SQLException {
            Connection connection = client(user).connection();
            log.add(user + (commit ? ": COMMIT" : ": ROLLBACK"));
            if (commit) {
                connection.commit();
                committed = working;
            } else {
                connection.rollback();
            }
            connection.setAutoCommit(true);
            forgetTransaction();
        }

        private void forgetTransaction() {
            writer = null;
            working = committed;
            savepoints.clear();
        }

        private void changeSnapshots() throws SQLException {
            if (snapshots.size() < 3 && random.nextBoolean()) {
                String user = pick(USERS);
                Client reader = new Client(user, url);
                reader.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                reader.connection().setAutoCommit(false);
                Snapshot snapshot = new Snapshot(user, reader, committed.copy());
                log.add(user + ": snapshot");
                snapshots.add(snapshot);
                compare(snapshot);
            } else if (!snapshots.isEmpty()) {
                Snapshot snapshot = snapshots.remove(random.nextInt(snapshots.size()));
                compare(snapshot);
                snapshot.client.close();
            }
        }

        // Definitions

        private void alter(Table table) throws SQLException {
            if (writer != null) {
                return;
            }
            Map<String, @Nullable Integer> added = working.added(table);
            if (added.size() < 3 && random.nextBoolean()) {
                String column = "c" + names++;
                Integer value = random.nextBoolean() ? null : random.nextInt(10);
                execute(
                        pick(USERS),
                        "ALTER TABLE " + table.name() + " ADD COLUMN " + column + " INT"
                                + (value == null ? "" : " DEFAULT " + value));
                SqlModel next = working.copy();
                next.addColumn(table, column, value);
                committed = next;
                working = next;
            } else if (!added.isEmpty()) {
                String column = pick(List.copyOf(added.keySet()));
                execute(pick(USERS), "ALTER TABLE " + table.name() + " DROP COLUMN " + column);
                SqlModel next = working.copy();
                next.dropColumn(table, column);
                committed = next;
                working = next;
            }
        }

        private void toggleIndex(Table table) throws SQLException {
            if (writer == null) {
                String name = "by_s_" + table.name();
                if (indexes.remove(name)) {
                    execute(pick(USERS), "DROP INDEX " + name);
                } else {
                    indexes.add(name);
                    execute(pick(USERS), "CREATE INDEX " + name + " ON " + table.name() + " (s, a)");
                }
            }
        }

        private void restart() throws SQLException {
            log.add("restart");
            closeAll();
            forgetTransaction();
            open();
        }

        private void open() {
            USERS.forEach(user -> clients.put(user, new Client(user, url)));
        }

        // Comparison

        void compareEverything() throws SQLException {
            for (Table table : TABLES) {
                for (String user : USERS) {
                    compare(
                            table,
                            user,
                            client(user),
                            seenBy(user),
                            seenBy(user).columns(table),
                            all());
                }
            }
            for (Snapshot snapshot : snapshots) {
                compare(snapshot);
            }
        }

        private void compare(Snapshot snapshot) throws SQLException {
            for (Table table : TABLES) {
                compare(table, snapshot.user, snapshot.client, snapshot.rows, SqlModel.COLUMNS, all());
                compare(table, snapshot.user, snapshot.client, snapshot.rows, SqlModel.COLUMNS, condition());
            }
        }

        private void compare(Table table) throws SQLException {
            String user = pick(USERS);
            compare(table, user, client(user), seenBy(user), seenBy(user).columns(table), condition());
            assertThat(client(user).value("SELECT count(*) FROM " + table.name()))
                    .isEqualTo(Integer.toString(seenBy(user).size(table, user)));
        }

        private static void compare(
                Table table, String user, Client client, SqlModel model, List<String> columns, Condition condition)
                throws SQLException {
            String sql = "SELECT " + String.join(", ", columns) + " FROM " + table.name() + " WHERE " + condition.sql;
            assertThat(client.rows(sql).stream().sorted().toList())
                    .as("%s: %s", user, sql)
                    .isEqualTo(model.texts(table, user, columns, condition.holds));
        }

        private static Condition all() {
            return new Condition("TRUE", row -> true);
        }

        private SqlModel seenBy(String user) {
            return user.equals(writer) ? working : committed;
        }

        private Client client(String user) {
            return Objects.requireNonNull(clients.get(user));
        }

        private void execute(String user, String sql) throws SQLException {
            log.add(user + ": " + sql);
            client(user).run(sql);
        }

        private <T> T pick(List<T> values) {
            return values.get(random.nextInt(values.size()));
        }

        private void closeAll() throws SQLException {
            for (Snapshot snapshot : snapshots) {
                snapshot.client.close();
            }
            snapshots.clear();
            for (Client client : clients.values()) {
                client.close();
            }
        }

        @Override
        public void close() throws SQLException {
            closeAll();
        }
    }
}
