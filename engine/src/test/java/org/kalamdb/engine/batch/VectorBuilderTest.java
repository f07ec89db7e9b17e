// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kalamdb.type.KalamDataType;

final class VectorBuilderTest {
    static Stream<Arguments> typesWithAValue() {
        return Stream.of(
                Arguments.of(KalamDataType.BOOLEAN, true),
                Arguments.of(KalamDataType.SMALLINT, (short) -3),
                Arguments.of(KalamDataType.INT, -3),
                Arguments.of(KalamDataType.DATE, 19_000),
                Arguments.of(KalamDataType.BIGINT, -3L),
                Arguments.of(KalamDataType.TIMESTAMP, 3L),
                Arguments.of(KalamDataType.FLOAT, 1.5f),
                Arguments.of(KalamDataType.DOUBLE, -1.5),
                Arguments.of(KalamDataType.TEXT, "Grüße"),
                Arguments.of(KalamDataType.BYTES, new byte[] {0, 1}),
                Arguments.of(KalamDataType.UUID, new UUID(-1, 2)),
                Arguments.of(KalamDataType.decimal(10, 2), new BigDecimal("-1.25")),
                Arguments.of(KalamDataType.decimal(38, 2), new BigDecimal("-123456789012345678901234.25")),
                Arguments.of(KalamDataType.embedding(2), new float[] {1, 2}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("typesWithAValue")
    void growsKeepsNullsAndIsReused(KalamDataType type, Object value) {
        VectorBuilder builder = VectorBuilder.of(type, 0);
        for (int rows : new int[] {200, 3, 1000}) {
            List<@Nullable Object> expected = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                Object appended = row % 5 == 4 ? null : value;
                builder.append(appended);
                expected.add(appended);
            }
            ColumnVector vector = builder.build();
            assertThat(vector.size()).isEqualTo(rows);
            assertThat(vector.hasNulls()).isEqualTo(rows > 4);
            for (int row = 0; row < rows; row++) {
                assertThat(vector.storedValue(row)).isEqualTo(expected.get(row));
            }
            builder.reset();
        }
    }

    @Test
    void refusesRowsOfAnotherWidth() {
        BatchBuilder builder = new BatchBuilder(List.of(KalamDataType.INT, KalamDataType.TEXT), 1);
        assertThatThrownBy(() -> builder.appendRow(1)).isInstanceOf(IllegalArgumentException.class);
        builder.appendRow(1, "a");
        assertThat(builder.build().rowCount()).isEqualTo(1);
    }
}
