// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class SqlTypeNamesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "BOOLEAN, BOOLEAN",
        "bool, BOOLEAN",
        "SMALLINT, SMALLINT",
        "INT2, SMALLINT",
        "INT, INT",
        "integer, INT",
        "INT4, INT",
        "MEDIUMINT, INT",
        "SIGNED, INT",
        "BIGINT, BIGINT",
        "INT8, BIGINT",
        "INT64, BIGINT",
        "FLOAT, FLOAT",
        "REAL, FLOAT",
        "FLOAT4, FLOAT",
        "DOUBLE, DOUBLE",
        "DOUBLE PRECISION, DOUBLE",
        "double   precision, DOUBLE",
        "FLOAT8, DOUBLE",
        "FLOAT64, DOUBLE",
        "TEXT, TEXT",
        "VARCHAR, TEXT",
        "CHARACTER VARYING, TEXT",
        "NVARCHAR, TEXT",
        "STRING, TEXT",
        "CLOB, TEXT",
        "CHARACTER LARGE OBJECT, TEXT",
        "LONGTEXT, TEXT",
        "TIMESTAMP, TIMESTAMP",
        "TIMESTAMP WITHOUT TIME ZONE, TIMESTAMP",
        "DATE, DATE",
        "DATETIME, DATETIME",
        "TIMESTAMPTZ, DATETIME",
        "TIMESTAMP WITH TIME ZONE, DATETIME",
        "TIMESTAMP WITH LOCAL TIME ZONE, DATETIME",
        "TIME, TIME",
        "TIME WITHOUT TIME ZONE, TIME",
        "JSON, JSON",
        "JSONB, JSON",
        "BYTES, BYTES",
        "BINARY, BYTES",
        "VARBINARY, BYTES",
        "BLOB, BYTES",
        "BYTEA, BYTES",
        "BINARY LARGE OBJECT, BYTES",
        "UUID, UUID"
    })
    void resolvesNamesWithoutArguments(String name, ScalarType type) {
        assertThat(SqlTypeNames.resolve(name, List.of())).isEqualTo(new DeclaredType(type, null, false));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "SERIAL, INT",
        "SERIAL4, INT",
        "BIGSERIAL, BIGINT",
        "SERIAL8, BIGINT",
        "smallserial, SMALLINT",
        "SERIAL2, SMALLINT"
    })
    void numbersColumnsOfTheSerialFamily(String name, ScalarType type) {
        assertThat(SqlTypeNames.resolve(name, List.of())).isEqualTo(new DeclaredType(type, null, true));
    }

    @Test
    void keepsDeclaredLengths() {
        assertThat(SqlTypeNames.resolve("varchar", List.of(20)))
                .isEqualTo(new DeclaredType(KalamDataType.TEXT, 20, false));
        assertThat(SqlTypeNames.resolve("VARBINARY", List.of(8)))
                .isEqualTo(new DeclaredType(KalamDataType.BYTES, 8, false));
        assertThat(SqlTypeNames.resolve("CHAR", List.of())).isEqualTo(new DeclaredType(KalamDataType.TEXT, 1, false));
        assertInvalid("VARCHAR", 0).hasMessage("Invalid VARCHAR length: must be at least 1, got: 0");
        assertInvalid("VARCHAR", 1, 2);
    }

    @Test
    void fillsInPrecisionAndScaleOfDecimals() {
        for (String name : List.of("DECIMAL", "numeric", "DEC")) {
            assertThat(type(name)).isEqualTo(KalamDataType.decimal(38, 10));
            assertThat(type(name, 12)).isEqualTo(KalamDataType.decimal(12, 0));
            assertThat(type(name, 12, 2)).isEqualTo(KalamDataType.decimal(12, 2));
        }
        assertInvalid("DECIMAL", 39, 0).hasMessage("Invalid DECIMAL precision: must be between 1 and 38, got: 39");
        assertInvalid("DECIMAL", 0).hasMessageContaining("got: 0");
        assertInvalid("DECIMAL", 5, 6).hasMessageContaining("precision 5").hasMessageContaining("got: 6");
        assertInvalid("DECIMAL", 5, 2, 1);
    }

    @Test
    void choosesFloatOrDoubleByBits() {
        assertThat(type("FLOAT", 1)).isEqualTo(KalamDataType.FLOAT);
        assertThat(type("FLOAT", 24)).isEqualTo(KalamDataType.FLOAT);
        assertThat(type("FLOAT", 25)).isEqualTo(KalamDataType.DOUBLE);
        assertThat(type("FLOAT", 53)).isEqualTo(KalamDataType.DOUBLE);
        assertInvalid("FLOAT", 54).hasMessage("Invalid FLOAT precision: must be between 1 and 53, got: 54");
        assertInvalid("FLOAT", 0);
        assertInvalid("REAL", 24);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TIME", "TIMESTAMP", "DATETIME", "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"})
    void acceptsFractionDigitsUpToSix(String name) {
        for (int digits = 0; digits <= 6; digits++) {
            assertThat(type(name, digits)).isEqualTo(type(name));
        }
        assertInvalid(name, 7).hasMessageContaining("must be between 0 and 6, got: 7");
        assertInvalid(name, -1);
    }

    @Test
    void checksEmbeddingDimensions() {
        assertThat(type("embedding", 1)).isEqualTo(KalamDataType.embedding(1));
        assertThat(type("EMBEDDING", 8192)).isEqualTo(KalamDataType.embedding(8192));
        assertInvalid("EMBEDDING", 0).hasMessageContaining("must be between 1 and 8192, got: 0");
        assertInvalid("EMBEDDING", 8193).hasMessageContaining("must be between 1 and 8192, got: 8193");
        assertInvalid("EMBEDDING")
                .hasMessageContaining("exactly one dimension is required")
                .hasMessageContaining("none");
        assertInvalid("EMBEDDING", 1, 2).hasMessageContaining("exactly one dimension is required");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "TINYINT",
                "INT1",
                "UNSIGNED",
                "INT UNSIGNED",
                "INTERVAL",
                "ARRAY",
                "ENUM",
                "SET",
                "STRUCT",
                "FILE",
                "TIME WITH TIME ZONE",
                "no_such_type"
            })
    void refusesOtherNamesAndListsTheValidOnes(String name) {
        assertInvalid(name)
                .hasMessage("Unsupported type " + name
                        + ", valid types are BOOLEAN, INT, BIGINT, DOUBLE, FLOAT, TEXT, TIMESTAMP, DATE, DATETIME, TIME,"
                        + " JSON, BYTES, EMBEDDING(dimension), UUID, DECIMAL(precision,scale), SMALLINT");
    }

    @ParameterizedTest
    @EnumSource(
            value = TypeKind.class,
            names = {"BOOLEAN", "SMALLINT", "INT", "BIGINT", "DOUBLE", "JSON", "UUID", "DATE"})
    void refusesArgumentsWhereThereAreNone(TypeKind kind) {
        assertInvalid(kind.name(), 1).hasMessageContaining("it takes no arguments");
    }

    @Test
    void resolvesEveryListedAlias() {
        SqlTypeNames.aliases().forEach((alias, canonical) -> {
            List<Integer> arguments = alias.equals("EMBEDDING") ? List.of(3) : List.of();
            KalamDataType type = SqlTypeNames.resolve(alias.toLowerCase(Locale.ROOT), arguments)
                    .type();
            assertThat(type.kind().name()).isEqualTo(canonical);
        });
    }

    @Test
    void resolvesCanonicalNamesOfEveryKind() {
        assertThat(SqlTypeNames.aliases())
                .containsKeys(
                        Arrays.stream(TypeKind.values()).map(TypeKind::name).toArray(String[]::new));
    }

    private static KalamDataType type(String name, Integer... arguments) {
        return SqlTypeNames.resolve(name, List.of(arguments)).type();
    }

    private static AbstractThrowableAssert<?, ?> assertInvalid(String name, Integer... arguments) {
        return assertThatThrownBy(() -> type(name, arguments))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_TYPE));
    }
}
