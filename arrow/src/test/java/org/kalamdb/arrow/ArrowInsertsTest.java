// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.impl.UnionFixedSizeListWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which vectors columns take, and what is said of values that they do not. */
final class ArrowInsertsTest {
    private Connection connection;
    private BufferAllocator allocator;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:kalamdb:mem:");
        allocator = new RootAllocator();
    }

    /** An allocator that is closed says what was not freed. */
    @AfterEach
    void close() throws SQLException {
        connection.close();
        allocator.close();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> values(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
        }
        return values;
    }

    /** Inserts one column into a new table of one column beside the row's number, and reads it again. */
    private List<String> inserted(String type, Function<BufferAllocator, FieldVector> vector) throws SQLException {
        run("DROP TABLE IF EXISTS t");
        run("CREATE TABLE t (id INT PRIMARY KEY, v " + type + ")");
        try (FieldVector values = vector.apply(allocator);
                IntVector ids = new IntVector("id", allocator)) {
            int rows = values.getValueCount();
            IntStream.range(0, rows).forEach(row -> ids.setSafe(row, row));
            ids.setValueCount(rows);
            assertThat(ArrowInserts.insert(connection, null, "t", new VectorSchemaRoot(List.of(ids, values))))
                    .isEqualTo(rows);
        }
        return values("SELECT v FROM t ORDER BY id");
    }

    private static FieldVector integers(String kind, BufferAllocator allocator, Long... values) {
        FieldVector vector = switch (kind) {
            case "Int8" -> new TinyIntVector("v", allocator);
            case "Int16" -> new SmallIntVector("v", allocator);
            case "Int32" -> new IntVector("v", allocator);
            case "Int64" -> new BigIntVector("v", allocator);
            case "UInt8" -> new UInt1Vector("v", allocator);
            case "UInt32" -> new UInt4Vector("v", allocator);
            case "UInt64" -> new UInt8Vector("v", allocator);
            default -> throw new IllegalArgumentException(kind);
        };
        vector.setInitialCapacity(values.length);
        vector.allocateNew();
        for (int row = 0; row < values.length; row++) {
            if (values[row] != null) {
                ((org.apache.arrow.vector.BaseIntVector) vector).setWithPossibleTruncate(row, values[row]);
            }
        }
        vector.setValueCount(values.length);
        return vector;
    }

    @Test
    void integersOfAnyWidthAreThoseOfAnyColumn() throws SQLException {
        for (String type : List.of("SMALLINT", "INT", "BIGINT", "DECIMAL(9, 0)", "DOUBLE")) {
            for (String kind : List.of("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt32", "UInt64")) {
                List<String> expected = Arrays.asList("1", "null", "127");
                assertThat(inserted(type, memory -> integers(kind, memory, 1L, null, 127L)))
                        .as(kind + " to " + type)
                        .isEqualTo(type.equals("DOUBLE") ? List.of("1.0", "null", "127.0") : expected);
            }
        }
        assertThat(inserted("SMALLINT", memory -> integers("UInt8", memory, 255L)))
                .containsExactly("255");
        assertThat(inserted("BIGINT", memory -> integers("UInt32", memory, 4294967295L)))
                .containsExactly("4294967295");
        assertThat(inserted("DECIMAL(12, 0)", memory -> integers("UInt8", memory, 255L)))
                .containsExactly("255");
        assertThat(inserted("DECIMAL(12, 0)", memory -> integers("UInt32", memory, 4294967295L)))
                .containsExactly("4294967295");
        assertThat(inserted("DECIMAL(20, 0)", memory -> integers("UInt64", memory, -1L)))
                .containsExactly("18446744073709551615");
    }

    @Test
    void valuesLaidOutOtherwiseAreConvertedOneByOne() throws SQLException {
        assertThat(inserted("DECIMAL(10, 3)", memory -> {
                    DecimalVector vector = new DecimalVector("v", memory, 8, 1);
                    vector.setSafe(0, new BigDecimal("-12345.6"));
                    vector.setNull(1);
                    vector.setValueCount(2);
                    return vector;
                }))
                .containsExactly("-12345.600", "null");
        assertThat(inserted("FLOAT", memory -> {
                    Float8Vector vector = new Float8Vector("v", memory);
                    vector.setSafe(0, 0.5);
                    vector.setValueCount(1);
                    return vector;
                }))
                .containsExactly("0.5");
        assertThat(inserted("DATE", memory -> {
                    DateMilliVector vector = new DateMilliVector("v", memory);
                    vector.setSafe(0, 86_400_000L);
                    vector.setValueCount(1);
                    return vector;
                }))
                .containsExactly("1970-01-02");
        assertThat(inserted("TIME", memory -> {
                    TimeMilliVector vector = new TimeMilliVector("v", memory);
                    vector.setSafe(0, 1_500);
                    vector.setValueCount(1);
                    return vector;
                }))
                .containsExactly("00:00:01.5");
        assertThat(inserted("TIMESTAMP", memory -> {
                    TimeStampNanoVector vector = new TimeStampNanoVector("v", memory);
                    vector.setSafe(0, -1_000L);
                    vector.setValueCount(1);
                    return vector;
                }))
                .containsExactly("1969-12-31 23:59:59.999999");
        assertThat(inserted("DATETIME", memory -> {
                    TimeStampMilliTZVector vector = new TimeStampMilliTZVector("v", memory, "Asia/Tokyo");
                    vector.setSafe(0, 1_000L);
                    vector.setValueCount(1);
                    return vector;
                }))
                .containsExactly("1970-01-01 00:00:01+00");
        assertThat(inserted("UUID", memory -> texts(memory, "f23e4567-e89b-12d3-a456-426614174000", null)))
                .containsExactly("f23e4567-e89b-12d3-a456-426614174000", "null");
        assertThat(inserted("TEXT", memory -> {
                    LargeVarCharVector vector = new LargeVarCharVector("v", memory);
                    vector.setSafe(0, "größer".getBytes(StandardCharsets.UTF_8));
                    vector.setValueCount(1);
                    return vector;
                }))
                .containsExactly("größer");
        assertThat(inserted("INT", memory -> {
                    BitVector vector = new BitVector("v", memory);
                    vector.setSafe(0, 1);
                    vector.setValueCount(1);
                    return vector;
                }))
                .containsExactly("1");
    }

    private static VarCharVector texts(BufferAllocator memory, String... values) {
        VarCharVector vector = new VarCharVector("v", memory);
        for (int row = 0; row < values.length; row++) {
            if (values[row] != null) {
                vector.setSafe(row, values[row].getBytes(StandardCharsets.UTF_8));
            }
        }
        vector.setValueCount(values.length);
        return vector;
    }

    @Test
    void listsAreVectorsWhetherOrNotSomeAreNull() throws SQLException {
        assertThat(inserted("EMBEDDING(2)", memory -> {
                    FixedSizeListVector lists = FixedSizeListVector.empty("v", 2, memory);
                    UnionFixedSizeListWriter writer = lists.getWriter();
                    writer.allocate();
                    writer.setPosition(0);
                    writer.startList();
                    writer.writeFloat4(1.5f);
                    writer.writeFloat4(-2f);
                    writer.endList();
                    writer.setValueCount(2);
                    return lists;
                }))
                .containsExactly("[1.5,-2.0]", "null");
    }

    @Test
    void textOfManyRowsIsThatOfEach() throws SQLException {
        String[] values = IntStream.range(0, 10_000)
                .mapToObj(row -> row % 7 == 0 ? null : "row " + row + " ä".repeat(row % 5))
                .toArray(String[]::new);
        assertThat(inserted("TEXT", memory -> texts(memory, values)))
                .isEqualTo(Arrays.stream(values).map(String::valueOf).toList());
    }

    @Test
    void whatDoesNotFitIsNamedByRowAndField() throws SQLException {
        run("CREATE TABLE refused (id INT PRIMARY KEY, small SMALLINT NOT NULL, u UUID)");
        try (IntVector ids = new IntVector("id", allocator);
                BigIntVector smalls = new BigIntVector("small", allocator);
                VarCharVector uuids = new VarCharVector("u", allocator)) {
            for (int row = 0; row < 5_000; row++) {
                ids.setSafe(row, row);
                smalls.setSafe(row, row);
            }
            List.of(ids, smalls, uuids).forEach(vector -> vector.setValueCount(5_000));
            VectorSchemaRoot root = new VectorSchemaRoot(List.of(ids, smalls, uuids));

            smalls.set(4_998, 32_768);
            SQLDataException range = catchThrowableOfType(SQLDataException.class, () -> insert(root));
            assertThat(range.getSQLState()).isEqualTo("22003");
            assertThat(range.getMessage())
                    .isEqualTo("Cannot insert field \"small\" of row 4999 of record batch 1: "
                            + "Value 32768 is out of range for SMALLINT (-32,768 to 32,767)");
            smalls.set(4_998, 0);

            uuids.setSafe(2, "no uuid".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> insert(root))
                    .isInstanceOf(SQLDataException.class)
                    .hasMessageStartingWith("Cannot insert field \"u\" of row 3 of record batch 1: ");
            uuids.setNull(2);

            smalls.setNull(4_500);
            BatchUpdateException missing = catchThrowableOfType(BatchUpdateException.class, () -> insert(root));
            assertThat(missing.getSQLState()).isEqualTo("23502");
            assertThat(missing.getMessage())
                    .startsWith("Cannot insert row 4501 of record batch 1: NULL is not allowed in column small");
            smalls.set(4_500, 1);

            ids.set(4_600, 17);
            BatchUpdateException twice = catchThrowableOfType(BatchUpdateException.class, () -> insert(root));
            assertThat(twice.getSQLState()).isEqualTo("23505");
            assertThat(twice.getMessage()).startsWith("Cannot insert row 4601 of record batch 1: Duplicate key");
            ids.set(4_600, 4_600);

            assertThat(values("SELECT count(*) FROM refused")).containsExactly("0");
            assertThat(insert(root)).isEqualTo(5_000);
        }
    }

    private long insert(VectorSchemaRoot root) throws SQLException {
        return ArrowInserts.insert(connection, null, "refused", root);
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws SQLException {
        run("CREATE TABLE refused (v TEXT)");
        try (VarCharVector vector = new VarCharVector("v", allocator)) {
            vector.setSafe(0, new byte[] {'a', (byte) 0xff});
            vector.setValueCount(1);
            BatchUpdateException failure = catchThrowableOfType(
                    BatchUpdateException.class, () -> insert(new VectorSchemaRoot(List.of(vector))));
            assertThat(failure.getMessage())
                    .isEqualTo("Cannot insert row 1 of record batch 1: Invalid text for column v of table main.refused:"
                            + " its bytes are not UTF-8");
        }
    }

    @Test
    void typesThatNoColumnHoldsAreRefused() throws SQLException {
        run("CREATE TABLE refused (v TEXT)");
        try (StructVector struct = StructVector.empty("v", allocator)) {
            struct.allocateNew();
            struct.setValueCount(1);
            assertThatThrownBy(() -> insert(new VectorSchemaRoot(List.of(struct))))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"))
                    .hasMessageContaining("Cannot insert field v: no column holds values of Struct");
        }
    }

    @Test
    void bytesAndFloatsAreCopied() throws SQLException {
        assertThat(inserted("BYTES", memory -> {
                    VarBinaryVector vector = new VarBinaryVector("v", memory);
                    vector.setSafe(0, new byte[] {1, -1});
                    vector.setSafe(2, new byte[0]);
                    vector.setValueCount(3);
                    return vector;
                }))
                .hasSize(3)
                .element(1)
                .isEqualTo("null");
        assertThat(inserted("FLOAT", memory -> {
                    Float4Vector vector = new Float4Vector("v", memory);
                    vector.setSafe(0, Float.NaN);
                    vector.setValueCount(1);
                    return vector;
                }))
                .containsExactly("NaN");
    }
}
