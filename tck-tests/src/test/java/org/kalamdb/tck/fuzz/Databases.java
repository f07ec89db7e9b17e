// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kalamdb.tck.Answer;
import org.kalamdb.tck.TestDatabases;
import org.kalamdb.tck.fuzz.Question.Side;

/** The same random tables in several databases. Confined to one thread. */
final class Databases implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 120;

    private final Map<Side, Connection> connections = new EnumMap<>(Side.class);
    private final List<RandomTable> tables;

    Databases(List<RandomTable> tables, RandomChoice choice, Path folder) throws SQLException {
        this.tables = tables;
        connections.put(Side.HOT, TestDatabases.connect(TestDatabases.freshMemoryUrl()));
        connections.put(Side.TIERED, TestDatabases.connect(TestDatabases.url(folder) + "?threads=4"));
        connections.put(Side.PEER, TestDatabases.connect("jdbc:duckdb:"));
        execute(Side.HOT, List.of("CREATE TABLE no_rows (id INT)"));
        execute(Side.PEER, List.of("SET threads = 1"));
        for (RandomTable table : tables) {
            for (Side side : List.of(Side.HOT, Side.PEER)) {
                Dialect dialect = dialect(side);
                execute(side, List.of(table.create(dialect)));
                execute(side, table.inserts(table.rows(), dialect));
            }
            fillTiers(table, choice);
        }
    }

    /** Some rows go to segments, and are changed and deleted there. */
    private void fillTiers(RandomTable table, RandomChoice choice) throws SQLException {
        String name = table.name();
        int rows = table.rows().size();
        int cold = rows == 0 ? 0 : choice.below(rows + 1);
        List<String> statements = new ArrayList<>(List.of(table.create(Dialect.KALAMDB)));
        statements.addAll(table.inserts(table.rows().subList(0, cold), Dialect.KALAMDB));
        if (rows > 0) {
            // Rows that nobody is to see.
            statements.add("INSERT INTO " + name + " (id, i, j, s, b) SELECT id + 1000000, i, j, s, b FROM " + name);
        }
        statements.add("STORAGE FLUSH TABLE " + name);
        statements.add("DELETE FROM " + name + " WHERE id > 1000000");
        statements.add("UPDATE " + name + " SET j = j + 1, s = s || 'x' WHERE MOD(id, 3) = 0");
        statements.addAll(table.inserts(table.rows().subList(cold, rows), Dialect.KALAMDB));
        String changed = " WHERE MOD(id, 3) = 0 AND id <= " + cold;
        statements.add("UPDATE " + name + " SET j = j - 1, s = LEFT(s, LENGTH(s) - 1)" + changed);
        for (Column column : table.columns()) {
            if (column.type().isIndexed() && choice.once(3)) {
                statements.add("CREATE INDEX ON " + name + " (" + column.name()
                        + choice.pick("", column.name().equals("i") ? "" : ", i") + ")");
            }
        }
        if (choice.once(2)) {
            statements.add("STORAGE FLUSH TABLE " + name);
        }
        if (choice.once(3)) {
            statements.add("STORAGE COMPACT TABLE " + name);
        }
        execute(Side.TIERED, statements);
    }

    private static Dialect dialect(Side side) {
        return side == Side.PEER ? Dialect.DUCKDB : Dialect.KALAMDB;
    }

    private void execute(Side side, List<String> statements) throws SQLException {
        try (Statement statement = connection(side).createStatement()) {
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new SQLException(e.getMessage() + ", executing: " + sql, e.getSQLState(), e);
                }
            }
        }
    }

    private Connection connection(Side side) {
        return connections.get(side);
    }

    Outcome ask(Question question) throws SQLException {
        Connection connection = connection(question.side());
        for (String sql : question.before()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                // A query for its plan alone, whose values may be refused.
                if (e.getSQLState() == null || !new Outcome(null, e).isRefusal()) {
                    return new Outcome(null, e);
                }
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(question.sql())) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            for (int i = 0; i < question.parameters().size(); i++) {
                bind(statement, i + 1, question.parameters().get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                return new Outcome(Answer.read(rows), null);
            }
        } catch (SQLException e) {
            return new Outcome(null, e);
        } catch (RuntimeException | AssertionError e) {
            return new Outcome(null, new SQLException(e.toString(), "XX000", e));
        } finally {
            execute(question.side(), question.after());
        }
    }

    private static void bind(PreparedStatement statement, int index, Literal literal) throws SQLException {
        if (literal.type() == ColumnType.BYTES) {
            statement.setBytes(index, HexFormat.of().parseHex(literal.value()));
        } else {
            statement.setString(index, literal.value());
        }
    }

    /** Whether a condition holds without these rows of the tables; all rows are there again afterwards. */
    boolean without(Map<String, Set<Integer>> ids, Check check) throws SQLException {
        if (ids.values().stream().allMatch(Set::isEmpty)) {
            return check.holds();
        }
        try {
            for (Connection connection : connections.values()) {
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    for (Map.Entry<String, Set<Integer>> each : ids.entrySet()) {
                        if (!each.getValue().isEmpty()) {
                            String list =
                                    each.getValue().toString().replace('[', '(').replace(']', ')');
                            statement.execute("DELETE FROM " + each.getKey() + " WHERE id IN " + list);
                        }
                    }
                }
            }
            return check.holds();
        } finally {
            for (Connection connection : connections.values()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** A condition on what databases answer. */
    @FunctionalInterface
    interface Check {
        boolean holds() throws SQLException;
    }

    List<RandomTable> tables() {
        return tables;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections.values()) {
            connection.close();
        }
    }
}
