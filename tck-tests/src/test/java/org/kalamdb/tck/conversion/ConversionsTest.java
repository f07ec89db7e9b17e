// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.JDBCType;
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
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All pairs of SQL types and Java classes, in both directions: tables B-1 to B-6 of the JDBC specification. */
final class ConversionsTest {
    /** Samples of classes that no type takes. */
    private static final Set<String> UNKNOWN_CLASSES = Set.of("Optional", "State");

    private static final Path DOCUMENT = Path.of("..", "docs", "jdbc.md");

    private final TimeZone defaultZone = TimeZone.getDefault();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        // Far from UTC, so that what depends on it shows.
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        connection = DriverManager.getConnection("jdbc:kalamdb:mem:");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        TimeZone.setDefault(defaultZone);
    }

    private static Map<String, Samples.Getter> getters() {
        Map<String, Samples.Getter> getters = new LinkedHashMap<>();
        getters.put("getString", rows -> rows.getString(1));
        getters.put("getBoolean", rows -> rows.getBoolean(1));
        getters.put("getByte", rows -> rows.getByte(1));
        getters.put("getShort", rows -> rows.getShort(1));
        getters.put("getInt", rows -> rows.getInt(1));
        getters.put("getLong", rows -> rows.getLong(1));
        getters.put("getFloat", rows -> rows.getFloat(1));
        getters.put("getDouble", rows -> rows.getDouble(1));
        getters.put("getBigDecimal", rows -> rows.getBigDecimal(1));
        getters.put("getBytes", rows -> rows.getBytes(1));
        getters.put("getDate", rows -> rows.getDate(1));
        getters.put("getTime", rows -> rows.getTime(1));
        getters.put("getTimestamp", rows -> rows.getTimestamp(1));
        getters.put("getAsciiStream", rows -> rows.getAsciiStream(1));
        getters.put("getBinaryStream", rows -> rows.getBinaryStream(1));
        getters.put("getCharacterStream", rows -> rows.getCharacterStream(1));
        getters.put("getBlob", rows -> rows.getBlob(1));
        getters.put("getClob", rows -> rows.getClob(1));
        getters.put("getArray", rows -> rows.getArray(1));
        getters.put("getURL", rows -> rows.getURL(1));
        getters.put("getObject", rows -> rows.getObject(1));
        return getters;
    }

    private static final List<Class<?>> CLASSES = List.of(
            Object.class,
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Number.class,
            BigDecimal.class,
            BigInteger.class,
            byte[].class,
            UUID.class,
            Date.class,
            Time.class,
            Timestamp.class,
            java.util.Date.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Instant.class,
            float[].class,
            Float[].class,
            double[].class,
            List.class,
            Array.class,
            Blob.class,
            Clob.class,
            InputStream.class,
            Reader.class,
            URL.class,
            Optional.class,
            Character.class,
            Thread.State.class);

    private Matrix read(Map<String, Samples.Getter> getters) throws SQLException {
        Matrix matrix = new Matrix(List.copyOf(getters.keySet()));
        for (List<String> sample : Samples.STORED) {
            List<String> cells = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT CAST(" + sample.get(1) + " AS " + sample.get(0) + ")")) {
                rows.next();
                for (Samples.Getter getter : getters.values()) {
                    cells.add(Matrix.cell(() -> Samples.read(rows, getter)));
                }
            }
            matrix.add(sample.get(0) + " " + sample.get(1), cells);
        }
        return matrix;
    }

    @Test
    void gettersReadEveryType() throws Exception {
        Matrix matrix = read(getters());

        matrix.assertIsAsWritten("getters.txt");
        assertThat(Files.readString(DOCUMENT)).contains(gettersOf(matrix));
    }

    @Test
    void gettersOfNationalCharactersReadTheSame() throws Exception {
        Matrix plain = read(getters());
        Matrix national = read(Map.of(
                "getString", rows -> rows.getNString(1),
                "getCharacterStream", rows -> rows.getNCharacterStream(1),
                "getClob", rows -> rows.getNClob(1)));

        for (String row : national.rows()) {
            for (String column : national.columns()) {
                assertThat(national.at(row, column)).as("%s of %s", column, row).isEqualTo(plain.at(row, column));
            }
        }
    }

    @Test
    void objectsOfAClassAreReadFromEveryType() throws Exception {
        Map<String, Samples.Getter> getters = new LinkedHashMap<>();
        for (Class<?> type : CLASSES) {
            getters.put(type == java.util.Date.class ? "java.util.Date" : type.getSimpleName(), rows -> {
                Object value = rows.getObject(1, type);
                assertThat(value)
                        .satisfiesAnyOf(
                                v -> assertThat(v).isNull(), v -> assertThat(v).isInstanceOf(type));
                return value;
            });
        }

        read(getters).assertIsAsWritten("classes.txt");
    }

    @Test
    void nullIsNullForEveryGetter() throws Exception {
        for (String type : Samples.TYPES) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT CAST(NULL AS " + type + ")")) {
                rows.next();
                for (Map.Entry<String, Samples.Getter> getter : getters().entrySet()) {
                    assertThat(Samples.read(rows, getter.getValue()))
                            .as("%s of %s", getter.getKey(), type)
                            .isEqualTo("NULL");
                }
            }
        }
    }

    /** Table B-6 for the types there are: what must be possible. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "getByte, getShort, getInt, getLong, getFloat, getDouble, getBigDecimal, getBoolean"
                        + " | SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, BOOLEAN, TEXT",
                "getString | BOOLEAN, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, TEXT, JSON, BYTES, UUID, DATE, TIME,"
                        + " TIMESTAMP, DATETIME",
                "getBytes, getBinaryStream | BYTES",
                "getDate | TEXT, DATE, TIMESTAMP",
                "getTime | TEXT, TIME, TIMESTAMP",
                "getTimestamp | TEXT, DATE, TIME, TIMESTAMP",
                "getAsciiStream, getCharacterStream | TEXT, BYTES",
                "getClob | TEXT",
                "getBlob | BYTES",
                "getArray | EMBEDDING",
                "getURL | TEXT",
                "getObject | BOOLEAN, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, TEXT, JSON, BYTES, UUID, DATE, TIME,"
                        + " TIMESTAMP, DATETIME, EMBEDDING",
            })
    void gettersReadWhatTheSpecificationSays(String methods, String types) throws Exception {
        Matrix matrix = read(getters());

        for (String method : methods.split(", ", -1)) {
            for (String type : types.split(", ", -1)) {
                assertThat(isPossible(matrix, type, method))
                        .as("%s of %s", method, type)
                        .isTrue();
            }
        }
    }

    /** Whether there is a conversion, for whatever values. */
    private static boolean isPossible(Matrix matrix, String type, String column) {
        return matrix.rows().stream()
                .filter(row -> row.startsWith(type + " ") || row.startsWith(type + "("))
                .anyMatch(row -> !Matrix.NO_CONVERSION.contains(matrix.at(row, column)));
    }

    private static String withoutParameters(String type) {
        return type.replaceAll("\\(.*", "");
    }

    /** The part of the documentation that says which getter reads which type. */
    private static String gettersOf(Matrix matrix) {
        List<String> types =
                Samples.TYPES.stream().map(ConversionsTest::withoutParameters).toList();
        return document(types, matrix.columns(), (type, method) -> isPossible(matrix, type, method));
    }

    /** The part of the documentation that says which Java class is a parameter for which type. */
    private static String parametersOf(Matrix matrix) {
        List<String> classes = matrix.rows().stream()
                .filter(row -> !row.equals("null"))
                .map(row -> row.substring(0, row.indexOf(' ')))
                .filter(name -> !UNKNOWN_CLASSES.contains(name))
                .distinct()
                .toList();
        return document(
                Samples.TYPES.stream().map(ConversionsTest::withoutParameters).toList(),
                classes,
                (type, name) -> matrix.columns().stream()
                        .filter(column -> withoutParameters(column).equals(type))
                        .anyMatch(column -> isPossible(matrix, name, column)));
    }

    private static String document(List<String> types, List<String> rows, BiPredicate<String, String> isPossible) {
        StringBuilder text =
                new StringBuilder("| | ").append(String.join(" | ", types)).append(" |\n|");
        text.append(" --- |".repeat(types.size() + 1)).append('\n');
        for (String row : rows) {
            text.append("| ").append(row).append(" |");
            for (String type : types) {
                text.append(isPossible.test(type, row) ? " • |" : "  |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    // Java values as parameters

    private Matrix written(Writer writer) throws Exception {
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < Samples.TYPES.size(); i++) {
                statement.execute("DROP TABLE IF EXISTS c" + i);
                statement.execute("CREATE TABLE c" + i + " (id INT PRIMARY KEY, v " + Samples.TYPES.get(i) + ")");
            }
        }
        Matrix matrix = new Matrix(Samples.TYPES);
        for (String name : Samples.javaValues(connection).keySet()) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < Samples.TYPES.size(); i++) {
                String table = "c" + i;
                Object value = Samples.javaValues(connection).get(name);
                cells.add(Matrix.cell(() -> {
                    writer.write(table, value);
                    return stored(table);
                }));
            }
            matrix.add(name, cells);
        }
        return matrix;
    }

    /** Writes a value into the table's only row. */
    private interface Writer {
        void write(String table, @Nullable Object value) throws SQLException;
    }

    private String stored(String table) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT v FROM " + table)) {
            rows.next();
            return Samples.show(rows.getString(1));
        }
    }

    private void write(String table, @Nullable Object value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM " + table);
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table + " VALUES (1, ?)")) {
            insert.setObject(1, value);
            insert.executeUpdate();
        }
    }

    private void update(String table, @Nullable Object value) throws SQLException {
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE)) {
            statement.execute("DELETE FROM " + table);
            statement.execute("INSERT INTO " + table + " VALUES (1, NULL)");
            ResultSet rows = statement.executeQuery("SELECT * FROM " + table);
            rows.next();
            rows.updateObject(2, value);
            rows.updateRow();
        }
    }

    @Test
    void objectsAreWrittenToEveryType() throws Exception {
        Matrix matrix = written(this::write);

        matrix.assertIsAsWritten("parameters.txt");
        assertThat(Files.readString(DOCUMENT)).contains(parametersOf(matrix));
    }

    @Test
    void updatersWriteTheSame() throws Exception {
        written(this::update).assertIsAsWritten("parameters.txt");
    }

    /** Setters of one class do what setObject does. */
    @Test
    void settersWriteWhatObjectsDo() throws Exception {
        Matrix objects = written(this::write);
        Matrix setters = written((table, value) -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM " + table);
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table + " VALUES (1, ?)")) {
                set(insert, value);
                insert.executeUpdate();
            }
        });

        for (String row : objects.rows()) {
            for (String column : objects.columns()) {
                assertThat(setters.at(row, column)).as("%s as %s", row, column).isEqualTo(objects.at(row, column));
            }
        }
    }

    /** Sets a parameter by the setter of its class. */
    static void set(PreparedStatement statement, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(1, JDBCType.INTEGER.getVendorTypeNumber());
        } else if (value instanceof Boolean flag) {
            statement.setBoolean(1, flag);
        } else if (value instanceof Byte number) {
            statement.setByte(1, number);
        } else if (value instanceof Short number) {
            statement.setShort(1, number);
        } else if (value instanceof Integer number) {
            statement.setInt(1, number);
        } else if (value instanceof Long number) {
            statement.setLong(1, number);
        } else if (value instanceof Float number) {
            statement.setFloat(1, number);
        } else if (value instanceof Double number) {
            statement.setDouble(1, number);
        } else if (value instanceof BigDecimal number) {
            statement.setBigDecimal(1, number);
        } else if (value instanceof String text) {
            statement.setString(1, text);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(1, bytes);
        } else if (value instanceof Date date) {
            statement.setDate(1, date);
        } else if (value instanceof Time time) {
            statement.setTime(1, time);
        } else if (value instanceof Timestamp timestamp) {
            statement.setTimestamp(1, timestamp);
        } else if (value instanceof Blob blob) {
            statement.setBlob(1, blob);
        } else if (value instanceof Clob clob) {
            statement.setClob(1, clob);
        } else if (value instanceof Array array) {
            statement.setArray(1, array);
        } else if (value instanceof URL url) {
            statement.setURL(1, url);
        } else if (value instanceof InputStream stream) {
            statement.setBinaryStream(1, stream);
        } else if (value instanceof Reader reader) {
            statement.setCharacterStream(1, reader);
        } else {
            statement.setObject(1, value);
        }
    }

    // Java values as parameters of a type that is named

    /** Each code of JDBC that names a type, and the type of column it is for. */
    private static final Map<JDBCType, String> TARGETS = targets();

    private static Map<JDBCType, String> targets() {
        Map<JDBCType, String> targets = new LinkedHashMap<>();
        targets.put(JDBCType.BIT, "c0");
        targets.put(JDBCType.BOOLEAN, "c0");
        targets.put(JDBCType.TINYINT, "c1");
        targets.put(JDBCType.SMALLINT, "c1");
        targets.put(JDBCType.INTEGER, "c2");
        targets.put(JDBCType.BIGINT, "c3");
        targets.put(JDBCType.REAL, "c4");
        targets.put(JDBCType.FLOAT, "c5");
        targets.put(JDBCType.DOUBLE, "c5");
        targets.put(JDBCType.DECIMAL, "c6");
        targets.put(JDBCType.NUMERIC, "c6");
        targets.put(JDBCType.CHAR, "c7");
        targets.put(JDBCType.VARCHAR, "c7");
        targets.put(JDBCType.LONGVARCHAR, "c7");
        targets.put(JDBCType.NCHAR, "c7");
        targets.put(JDBCType.NVARCHAR, "c7");
        targets.put(JDBCType.LONGNVARCHAR, "c7");
        targets.put(JDBCType.CLOB, "c7");
        targets.put(JDBCType.NCLOB, "c7");
        targets.put(JDBCType.DATALINK, "c7");
        targets.put(JDBCType.BINARY, "c9");
        targets.put(JDBCType.VARBINARY, "c9");
        targets.put(JDBCType.LONGVARBINARY, "c9");
        targets.put(JDBCType.BLOB, "c9");
        targets.put(JDBCType.OTHER, "c10");
        targets.put(JDBCType.JAVA_OBJECT, "c10");
        targets.put(JDBCType.DATE, "c11");
        targets.put(JDBCType.TIME, "c12");
        targets.put(JDBCType.TIMESTAMP, "c13");
        targets.put(JDBCType.TIME_WITH_TIMEZONE, "c12");
        targets.put(JDBCType.TIMESTAMP_WITH_TIMEZONE, "c14");
        targets.put(JDBCType.ARRAY, "c15");
        targets.put(JDBCType.SQLXML, "c7");
        targets.put(JDBCType.STRUCT, "c7");
        targets.put(JDBCType.REF, "c7");
        targets.put(JDBCType.ROWID, "c7");
        targets.put(JDBCType.DISTINCT, "c7");
        targets.put(JDBCType.REF_CURSOR, "c7");
        targets.put(JDBCType.NULL, "c7");
        return targets;
    }

    @Test
    void objectsAreConvertedToTheTypeThatIsNamed() throws Exception {
        assertThat(TARGETS).containsOnlyKeys(JDBCType.values());
        written(this::write);
        Matrix matrix =
                new Matrix(TARGETS.keySet().stream().map(JDBCType::getName).toList());
        for (String name : Samples.javaValues(connection).keySet()) {
            List<String> cells = new ArrayList<>();
            for (Map.Entry<JDBCType, String> target : TARGETS.entrySet()) {
                Object value = Samples.javaValues(connection).get(name);
                cells.add(Matrix.cell(() -> writeAs(target.getValue(), value, target.getKey())));
            }
            matrix.add(name, cells);
        }

        matrix.assertIsAsWritten("targets.txt");
    }

    /** Table B-5 for the types there are: what must be possible. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "String | TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE, DECIMAL, NUMERIC, BIT, BOOLEAN, CHAR,"
                        + " VARCHAR, LONGVARCHAR, BINARY, VARBINARY, LONGVARBINARY, DATE, TIME, TIMESTAMP, NCHAR, NVARCHAR,"
                        + " LONGNVARCHAR",
                "Boolean, Byte, Short, Integer, Long, Float, Double, BigDecimal | TINYINT, SMALLINT, INTEGER, BIGINT, REAL,"
                        + " FLOAT, DOUBLE, DECIMAL, NUMERIC, BIT, BOOLEAN, CHAR, VARCHAR, LONGVARCHAR",
                "BigInteger | BIGINT, CHAR, VARCHAR, LONGVARCHAR",
                "byte[] | BINARY, VARBINARY, LONGVARBINARY",
                "Date, LocalDate | CHAR, VARCHAR, LONGVARCHAR, DATE",
                "Date | TIMESTAMP",
                "Time, LocalTime | CHAR, VARCHAR, LONGVARCHAR, TIME",
                "OffsetTime | CHAR, VARCHAR, LONGVARCHAR",
                "Timestamp, GregorianCalendar, LocalDateTime | CHAR, VARCHAR, LONGVARCHAR, DATE, TIME, TIMESTAMP",
                "OffsetDateTime | CHAR, VARCHAR, LONGVARCHAR, DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_TIMEZONE",
                "Array | ARRAY",
                "Blob | BLOB",
                "Clob | CLOB, NCLOB",
                "URL | DATALINK",
            })
    void objectsAreConvertedAsTheSpecificationSays(String classes, String types) throws Exception {
        written(this::write);
        Map<String, @Nullable Object> values = Samples.javaValues(connection);
        for (String name : classes.split(", ", -1)) {
            for (String type : types.split(", ", -1)) {
                JDBCType target = JDBCType.valueOf(type);
                List<String> states = new ArrayList<>();
                for (String sample : values.keySet()) {
                    if (sample.startsWith(name + " ")) {
                        Object value = Samples.javaValues(connection).get(sample);
                        states.add(Matrix.cell(() -> writeAs(TARGETS.get(target), value, target)));
                    }
                }
                assertThat(states).as("%s as %s", name, type).anyMatch(state -> !Matrix.NO_CONVERSION.contains(state));
            }
        }
    }

    private String writeAs(String table, @Nullable Object value, JDBCType type) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM " + table);
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table + " VALUES (1, ?)")) {
            insert.setObject(1, value, type);
            insert.executeUpdate();
        }
        return stored(table);
    }
}
