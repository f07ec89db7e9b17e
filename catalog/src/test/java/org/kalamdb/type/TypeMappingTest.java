// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TypeMappingTest {
    static List<KalamDataType> types() {
        return SampleTypes.all();
    }

    @Test
    void hasARowForEveryKindInTheOrderOfJdbc() {
        assertThat(TypeMapping.all()).extracting(TypeMapping::kind).containsExactlyInAnyOrder(TypeKind.values());
        assertThat(TypeMapping.all()).isSortedAccordingTo(Comparator.comparingInt(TypeMapping::jdbcType));
        assertThat(TypeMapping.all()).extracting(TypeMapping::kind).containsSubsequence(TypeKind.TEXT, TypeKind.JSON);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "BOOLEAN, BOOLEAN, java.lang.Boolean",
        "SMALLINT, SMALLINT, java.lang.Integer",
        "INT, INTEGER, java.lang.Integer",
        "BIGINT, BIGINT, java.lang.Long",
        "FLOAT, REAL, java.lang.Float",
        "DOUBLE, DOUBLE, java.lang.Double",
        "DECIMAL, DECIMAL, java.math.BigDecimal",
        "TEXT, VARCHAR, java.lang.String",
        "JSON, VARCHAR, java.lang.String",
        "BYTES, VARBINARY, [B",
        "UUID, OTHER, java.util.UUID",
        "DATE, DATE, java.sql.Date",
        "TIME, TIME, java.sql.Time",
        "TIMESTAMP, TIMESTAMP, java.sql.Timestamp",
        "DATETIME, TIMESTAMP_WITH_TIMEZONE, java.time.OffsetDateTime",
        "EMBEDDING, ARRAY, java.sql.Array"
    })
    void mapsToJdbcAndJava(TypeKind kind, String jdbcType, String className) throws Exception {
        TypeMapping mapping = TypeMapping.of(kind);
        assertThat(mapping.jdbcType()).isEqualTo(Types.class.getField(jdbcType).getInt(null));
        assertThat(mapping.javaClassName()).isEqualTo(className);
        assertThat(Class.forName(className)).isNotNull();
    }

    @Test
    void namesTheCodesOfJdbc() throws Exception {
        for (java.lang.reflect.Field constant : JdbcTypes.class.getFields()) {
            assertThat(constant.getInt(null))
                    .as(constant.getName())
                    .isEqualTo(Types.class.getField(constant.getName()).getInt(null));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.kalamdb.type.SampleValues#all")
    void namesTheClassOfTheDefaultObject(SampleValues.Sample sample) throws Exception {
        Class<?> named = Class.forName(TypeMapping.of(sample.type()).javaClassName());
        Object object = StoredValues.toJava(sample.type(), sample.stored(), Object.class);
        if (sample.type().kind() == TypeKind.EMBEDDING) {
            assertThat(object).isInstanceOf(float[].class);
        } else {
            assertThat(object).isInstanceOf(named);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.kalamdb.type.SampleValues#all")
    void leavesRoomForEveryText(SampleValues.Sample sample) {
        assertThat(StoredValues.toText(sample.type(), sample.stored()).length())
                .isLessThanOrEqualTo(TypeMapping.displaySize(sample.type(), null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void findsTheTypeOfItsOwnJdbcType(KalamDataType type) {
        TypeMapping mapping = TypeMapping.of(type);
        KalamDataType found = TypeMapping.findByJdbcType(mapping.jdbcType());
        if (type.kind() == TypeKind.UUID || type.kind() == TypeKind.EMBEDDING) {
            assertThat(found).isNull();
        } else {
            assertThat(found).isNotNull();
            assertThat(TypeMapping.of(found).jdbcType()).isEqualTo(mapping.jdbcType());
        }
    }

    @Test
    void givesSizesOfTypesAndColumns() {
        assertThat(TypeMapping.columnSize(KalamDataType.decimal(12, 2), null)).isEqualTo(12);
        assertThat(TypeMapping.scale(KalamDataType.decimal(12, 2))).isEqualTo(2);
        assertThat(TypeMapping.columnSize(KalamDataType.TEXT, 20)).isEqualTo(20);
        assertThat(TypeMapping.columnSize(KalamDataType.TEXT, null)).isEqualTo(Integer.MAX_VALUE);
        assertThat(TypeMapping.displaySize(KalamDataType.TEXT, 20)).isEqualTo(20);
        assertThat(TypeMapping.displaySize(KalamDataType.BYTES, 20)).isEqualTo(42);
        assertThat(TypeMapping.displaySize(KalamDataType.BYTES, Integer.MAX_VALUE))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(TypeMapping.columnSize(KalamDataType.embedding(384), null)).isEqualTo(384);
        assertThat(TypeMapping.columnSize(KalamDataType.INT, null)).isEqualTo(10);
        assertThat(TypeMapping.columnSize(KalamDataType.TIMESTAMP, null)).isEqualTo(26);
        assertThat(TypeMapping.scale(KalamDataType.TIMESTAMP)).isEqualTo(6);
        assertThat(TypeMapping.scale(KalamDataType.INT)).isZero();
        assertThat(TypeMapping.displaySize(KalamDataType.decimal(2, 2), null)).isEqualTo("-0.99".length());
        assertThat(TypeMapping.displaySize(KalamDataType.decimal(3, 0), null)).isEqualTo("-999".length());
    }

    @ParameterizedTest
    @EnumSource
    void describesNumbersAsNumbers(TypeKind kind) {
        TypeMapping mapping = TypeMapping.of(kind);
        boolean number = Set.of(
                        TypeKind.SMALLINT,
                        TypeKind.INT,
                        TypeKind.BIGINT,
                        TypeKind.FLOAT,
                        TypeKind.DOUBLE,
                        TypeKind.DECIMAL)
                .contains(kind);
        assertThat(mapping.signed()).isEqualTo(number);
        assertThat(mapping.minScale()).isLessThanOrEqualTo(mapping.maxScale());
        assertThat(mapping.maxPrecision()).isPositive();
    }

    @Test
    void namesNothingTwice() {
        List<String> names = new ArrayList<>();
        for (TypeMapping mapping : TypeMapping.all()) {
            names.add(mapping.sqlName());
            names.addAll(mapping.aliases());
            names.addAll(mapping.serialNames());
        }
        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }
}
