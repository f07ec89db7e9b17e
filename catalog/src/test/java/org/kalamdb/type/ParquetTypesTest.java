// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class ParquetTypesTest {
    static List<KalamDataType> types() {
        return SampleTypes.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void readsBackEveryType(KalamDataType type) {
        Type column = ParquetTypes.toParquet(7, "a", type, true);
        assertThat(column.getId().intValue()).isEqualTo(7);
        assertThat(column.getName()).isEqualTo("a");
        assertThat(column.isRepetition(Type.Repetition.OPTIONAL)).isTrue();
        assertThat(ParquetTypes.stores(column, type)).isTrue();
        if (type.kind() != TypeKind.EMBEDDING) {
            assertThat(ParquetTypes.fromParquet(column)).isEqualTo(type);
        }
    }

    @Test
    void tellsTypesApart() {
        List<KalamDataType> types = SampleTypes.all();
        for (KalamDataType type : types) {
            Type column = ParquetTypes.toParquet(1, "a", type, false);
            for (KalamDataType other : types) {
                boolean bothVectors = type.kind() == TypeKind.EMBEDDING && other.kind() == TypeKind.EMBEDDING;
                assertThat(ParquetTypes.stores(column, other)).isEqualTo(type.equals(other) || bothVectors);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "BOOLEAN | required boolean a = 1",
                "SMALLINT | required int32 a (INTEGER(16,true)) = 1",
                "INT | required int32 a = 1",
                "BIGINT | required int64 a = 1",
                "FLOAT | required float a = 1",
                "DOUBLE | required double a = 1",
                "TEXT | required binary a (STRING) = 1",
                "JSON | required binary a (JSON) = 1",
                "BYTES | required binary a = 1",
                "UUID | required fixed_len_byte_array(16) a (UUID) = 1",
                "DATE | required int32 a (DATE) = 1",
                "TIME | required int64 a (TIME(MICROS,false)) = 1",
                "TIMESTAMP | required int64 a (TIMESTAMP(MICROS,false)) = 1",
                "DATETIME | required int64 a (TIMESTAMP(MICROS,true)) = 1"
            })
    void makesTheDocumentedColumns(ScalarType type, String column) {
        assertThat(ParquetTypes.toParquet(1, "a", type, false)).hasToString(column);
    }

    @Test
    void makesDecimalsAndVectors() {
        assertThat(ParquetTypes.toParquet(1, "a", KalamDataType.decimal(18, 2), false))
                .hasToString("required int64 a (DECIMAL(18,2)) = 1");
        assertThat(ParquetTypes.toParquet(1, "a", KalamDataType.decimal(19, 2), false))
                .hasToString("required fixed_len_byte_array(9) a (DECIMAL(19,2)) = 1");
        assertThat(ParquetTypes.toParquet(1, "a", KalamDataType.decimal(38, 2), true))
                .hasToString("optional fixed_len_byte_array(16) a (DECIMAL(38,2)) = 1");
        MessageType vector = MessageTypeParser.parseMessageType(
                "message m { optional group v (LIST) = 3 { repeated group list { required float element = 1073741827; } } }");
        assertThat(ParquetTypes.toParquet(3, "v", KalamDataType.embedding(384), true))
                .isEqualTo(vector.getType("v"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "required int32 a (INTEGER(8,true))",
                "required int64 a (INTEGER(64,false))",
                "required int96 a",
                "required fixed_len_byte_array(16) a",
                "required int64 a (TIMESTAMP(MILLIS,true))",
                "required int32 a (TIME(MILLIS,true))",
                "required binary a (ENUM)",
                "required int32 a (DECIMAL(9,2))",
                "required group a { required int32 b; }",
                "required group a (LIST) { repeated group list { required double element; } }"
            })
    void refusesColumnsThatItDoesNotMake(String column) {
        Type parsed = MessageTypeParser.parseMessageType(
                        "message m { " + column + (column.endsWith("}") ? "" : ";") + " }")
                .getType("a");
        assertThatThrownBy(() -> ParquetTypes.fromParquet(parsed))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
                .hasMessageContaining("no type is stored so");
    }

    @Test
    void asksForTheDimensionOfAList() {
        Type vector = ParquetTypes.toParquet(1, "v", KalamDataType.embedding(3), true);
        assertThatThrownBy(() -> ParquetTypes.fromParquet(vector)).hasMessageContaining("table definition");
    }

    @Test
    void refusesIdsThatParquetCannotHold() {
        for (long id : new long[] {0, -1, 1 << 30, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> ParquetTypes.toParquet(id, "a", KalamDataType.INT, true))
                    .isInstanceOf(KalamException.class)
                    .hasMessageContaining("got: " + id);
        }
    }
}
