// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The nearest vectors, which are found without a sort of all rows, are those that a sort puts first. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class VectorSearchTest {
    private static final int DIMENSION = 19;
    private static final int ROWS = 3_000;
    private static final long SEED = 4711;

    private final List<float[]> vectors = new ArrayList<>();
    private Client sql;

    @BeforeAll
    void fill(@TempDir Path folder) throws SQLException {
        sql = new Client(TestDatabases.url(folder) + "?threads=4");
        for (String table : List.of("hot", "cold", "mixed")) {
            sql.run("CREATE TABLE " + table + " (id INT PRIMARY KEY, g INT, v EMBEDDING(" + DIMENSION
                    + "), note TEXT)");
            vectors.clear();
            insert(table, new Random(SEED));
        }
        sql.run("STORAGE FLUSH TABLE cold", "STORAGE FLUSH TABLE mixed");
        sql.run("UPDATE mixed SET note = 'hot again' WHERE g = 3", "DELETE FROM mixed WHERE g = 4");
    }

    @AfterAll
    void close() throws SQLException {
        sql.close();
    }

    /** One row in 50 has no vector, one in 50 a vector of zeros, and many have the vector of another row. */
    private void insert(String table, Random random) throws SQLException {
        try (PreparedStatement insert =
                sql.connection().prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?)")) {
            for (int id = 0; id < ROWS; id++) {
                float[] vector = random.nextInt(10) == 0 && id > 0 ? vectors.get(random.nextInt(id)) : vector(random);
                vectors.add(vector);
                insert.setInt(1, id);
                insert.setInt(2, id % 7);
                insert.setObject(3, id % 50 == 49 ? null : id % 50 == 48 ? new float[DIMENSION] : vector);
                insert.setString(4, "row " + id);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static float[] vector(Random random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = random.nextInt(-40, 40) / 8f;
        }
        return vector;
    }

    private static List<String> answers(PreparedStatement query, Object target) throws SQLException {
        query.setObject(1, target);
        List<String> rows = new ArrayList<>();
        try (ResultSet result = query.executeQuery()) {
            while (result.next()) {
                rows.add(result.getString(1) + " " + result.getString(2) + " " + result.getString(3));
            }
        }
        return rows;
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "hot, COSINE_DISTANCE, ASC", "hot, L2_DISTANCE, ASC", "hot, INNER_PRODUCT, DESC",
        "cold, COSINE_DISTANCE, ASC", "cold, L2_DISTANCE, ASC", "cold, INNER_PRODUCT, DESC",
        "mixed, COSINE_DISTANCE, DESC NULLS LAST", "mixed, L2_DISTANCE, DESC", "mixed, INNER_PRODUCT, ASC NULLS FIRST"
    })
    void findsWhatASortPutsFirst(String table, String distance, String direction) throws SQLException {
        Random random = new Random(SEED + 1);
        String order = "d " + direction + ", id";
        String rows = "SELECT id, " + distance + "(v, ?) AS d, note FROM " + table;
        try (PreparedStatement all = sql.connection().prepareStatement(rows + " ORDER BY " + order);
                PreparedStatement filtered =
                        sql.connection().prepareStatement(rows + " WHERE g IN (2, 3) ORDER BY " + order);
                PreparedStatement first = sql.connection().prepareStatement(rows + " ORDER BY " + order + " LIMIT 10");
                PreparedStatement later = sql.connection()
                        .prepareStatement(rows + " WHERE g IN (2, 3) ORDER BY " + order + " LIMIT 7 OFFSET 100")) {
            for (int i = 0; i < 4; i++) {
                float[] target = i == 0 ? new float[DIMENSION] : vector(random);
                assertThat(answers(first, target))
                        .isEqualTo(answers(all, target).subList(0, 10));
                assertThat(answers(later, target))
                        .isEqualTo(answers(filtered, target).subList(100, 107));
            }
        }
    }

    @Test
    void ofEqualDistancesThoseOfEarlierRowsComeFirst() throws SQLException {
        String query = " FROM hot ORDER BY COSINE_DISTANCE(v, '" + Arrays.toString(new float[DIMENSION]) + "')";

        assertThat(sql.rows("SELECT id" + query + " LIMIT 60"))
                .isEqualTo(sql.rows("SELECT id" + query).subList(0, 60));
    }

    @Test
    void rowsWithoutVectorComeLastOrFirst() throws SQLException {
        String distance = "L2_DISTANCE(v, '" + Arrays.toString(vectors.get(5)) + "')";

        assertThat(sql.rows("SELECT id, v FROM cold ORDER BY " + distance + " DESC, id LIMIT 2"))
                .containsExactly("49|null", "99|null");
        assertThat(sql.rows("SELECT COUNT(*) FROM (SELECT v FROM cold ORDER BY " + distance
                        + " LIMIT 2940) WHERE v IS NULL"))
                .containsExactly("0");
    }

    @Test
    void takesVectorsAsTextArraysAndLists() throws SQLException {
        float[] target = vectors.get(17);
        List<Float> list = new ArrayList<>();
        for (float element : target) {
            list.add(element);
        }
        try (PreparedStatement query = sql.connection()
                .prepareStatement(
                        "SELECT id, L2_DISTANCE(v, $1), note FROM cold ORDER BY L2_DISTANCE(v, $1), id LIMIT 3")) {
            List<String> expected = answers(query, target);
            assertThat(expected.get(0)).contains(" 0.0 ");
            assertThat(answers(query, list)).isEqualTo(expected);
            assertThat(answers(query, Arrays.toString(target))).isEqualTo(expected);
        }
    }

    @Test
    void planShowsTheSearch() throws SQLException {
        String plan = String.join(
                "\n",
                sql.rows("EXPLAIN SELECT note FROM cold WHERE g = 1 ORDER BY COSINE_DISTANCE(v, '"
                        + Arrays.toString(vectors.get(1)) + "') LIMIT 10"));

        assertThat(plan).contains("TopRows(COSINE_DISTANCE(").contains("fetch 10");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT id FROM cold ORDER BY COSINE_DISTANCE(v, '[1, 2]') LIMIT 3",
                "SELECT id FROM hot ORDER BY L2_DISTANCE(v, '[1, 2]') LIMIT 3",
                "SELECT id FROM hot ORDER BY INNER_PRODUCT('[]', v) DESC LIMIT 3"
            })
    void refusesVectorsOfAnotherDimension(String query) throws SQLException {
        assertThatThrownBy(() -> sql.rows(query)).isInstanceOf(SQLDataException.class);
        assertThat(sql.rows("SELECT COUNT(*) FROM hot")).containsExactly(Integer.toString(ROWS));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void refusesElementsThatAreNotFinite(float element) throws SQLException {
        float[] target = vectors.get(0).clone();
        target[3] = element;
        try (PreparedStatement query =
                sql.connection().prepareStatement("SELECT id FROM hot ORDER BY L2_DISTANCE(v, ?) LIMIT 3")) {
            assertThatThrownBy(() -> {
                        query.setObject(1, target);
                        query.executeQuery().close();
                    })
                    .isInstanceOf(SQLDataException.class);
        }
    }

    @Test
    void theLimitMayBeAParameter() throws SQLException {
        try (PreparedStatement query = sql.connection()
                .prepareStatement("SELECT id FROM cold ORDER BY L2_DISTANCE(v, ?), id LIMIT ? OFFSET ?")) {
            query.setObject(1, vectors.get(3));
            for (int limit : new int[] {0, 1, 2_999, 100_000}) {
                query.setInt(2, limit);
                query.setInt(3, 1);
                int count = 0;
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        count++;
                    }
                }
                assertThat(count).isEqualTo(Math.min(limit, ROWS - 1));
            }
        }
    }

    @Test
    void threadsShareASearchOfManyRows(@TempDir Path folder) throws SQLException {
        try (Client many = new Client(TestDatabases.url(folder) + "?threads=4")) {
            many.run(
                    "CREATE TABLE t (id BIGINT PRIMARY KEY, v EMBEDDING(3), note TEXT)",
                    "INSERT INTO t SELECT i, '[' || CAST(MOD(i * 7919, 1009) AS VARCHAR) || ', ' || CAST(MOD(i * 31, 641)"
                            + " AS VARCHAR) || ', ' || CAST(MOD(i, 53) AS VARCHAR) || ']', 'note ' || CAST(i AS VARCHAR)"
                            + " FROM generate_series(1, 150000) AS x(i)");
            String rows = "SELECT id, note FROM t ORDER BY L2_DISTANCE(v, '[500, 300, 20]'), id";
            List<String> shared = many.rows(rows + " LIMIT 25");
            many.run("SET threads = 1");

            assertThat(shared).isEqualTo(many.rows(rows + " LIMIT 25"));
            assertThat(shared).isEqualTo(many.rows(rows).subList(0, 25));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "COSINE_DISTANCE, array_cosine_distance, ASC",
        "L2_DISTANCE, array_distance, ASC",
        "INNER_PRODUCT, array_inner_product, DESC"
    })
    void findsWhatDuckDbFinds(String function, String theirs, String direction) throws SQLException {
        String literal = Arrays.toString(vector(new Random(SEED + 2)));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("CREATE TABLE t (id INT, v FLOAT[" + DIMENSION + "])");
            StringBuilder values = new StringBuilder();
            for (int id = 0; id < ROWS; id++) {
                if (id % 50 < 48) {
                    values.append(values.isEmpty() ? "" : ", ")
                            .append("(")
                            .append(id)
                            .append(", ");
                    values.append(Arrays.toString(vectors.get(id))).append(")");
                }
            }
            statement.execute("INSERT INTO t VALUES " + values);
            List<Double> expected = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT " + theirs + "(v, " + literal + "::FLOAT[" + DIMENSION
                    + "]) AS d FROM t ORDER BY d " + direction + " LIMIT 20")) {
                while (rows.next()) {
                    expected.add(rows.getDouble(1));
                }
            }
            List<String> found = sql.rows("SELECT " + function + "(v, '" + literal
                    + "') AS d FROM cold WHERE MOD(id, 50) < 48 ORDER BY d " + direction + " LIMIT 20");

            assertThat(found).hasSize(20);
            for (int i = 0; i < found.size(); i++) {
                assertThat(Double.parseDouble(found.get(i))).isCloseTo(expected.get(i), Offset.offset(1e-4));
            }
        }
    }
}
