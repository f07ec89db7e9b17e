// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeKind;

final class RowKeysTest {
    private static final int ROUNDS = 2000;

    static Stream<KalamDataType> keyTypes() {
        return RandomValues.TYPES.stream().filter(type -> type.kind() != TypeKind.EMBEDDING);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keyTypes")
    void theOrderOfKeysIsTheOrderOfValues(KalamDataType type) {
        long seed = System.nanoTime();
        RandomValues values = new RandomValues(seed);
        RowKeys keys = new RowKeys(TestDatabase.table(
                TableType.USER,
                1,
                ColumnDefinition.primaryKey("a", 1, type),
                ColumnDefinition.primaryKey("b", 2, KalamDataType.INT)));
        for (int round = 0; round < ROUNDS; round++) {
            Object left = values.next(type);
            Object right = values.next(type);
            int leftTail = round % 3;
            int order = compare(type, left, right);
            int expected = order != 0 ? order : Integer.compare(leftTail, 1);

            int actual = Arrays.compareUnsigned(
                    keys.ofKey("u", List.of(left, leftTail)), keys.ofKey("u", List.of(right, 1)));

            assertThat(Integer.signum(actual))
                    .as("%s and %s, seed %d", left, right, seed)
                    .isEqualTo(Integer.signum(expected));
        }
    }

    private static int compare(KalamDataType type, Object left, Object right) {
        return switch (type.kind()) {
            case BOOLEAN -> Boolean.compare((boolean) left, (boolean) right);
            case SMALLINT, INT, DATE, BIGINT, TIME, TIMESTAMP, DATETIME ->
                Long.compare(((Number) left).longValue(), ((Number) right).longValue());
            case FLOAT, DOUBLE -> compare(((Number) left).doubleValue(), ((Number) right).doubleValue());
            case TEXT, JSON ->
                Arrays.compareUnsigned(((String) left).getBytes(UTF_8), ((String) right).getBytes(UTF_8));
            case BYTES -> Arrays.compareUnsigned((byte[]) left, (byte[]) right);
            case UUID -> ((UUID) left).toString().compareTo(((UUID) right).toString());
            case DECIMAL -> ((BigDecimal) left).compareTo((BigDecimal) right);
            case EMBEDDING -> throw new AssertionError(type);
        };
    }

    /** Negative zero is zero, NaN is greater than all others. */
    private static int compare(double left, double right) {
        return left == right ? 0 : Double.compare(left, right);
    }

    @Test
    void integersOfAllWidthsShareOneForm() {
        RowKeys small = keys(KalamDataType.SMALLINT);
        RowKeys big = keys(KalamDataType.BIGINT);
        for (short value : new short[] {0, 1, -1, 255, 256, Short.MIN_VALUE, Short.MAX_VALUE}) {
            assertThat(small.ofKey("u", List.of(value))).isEqualTo(big.ofKey("u", List.of((long) value)));
            assertThat(small.ofKey("u", List.of((int) value))).isEqualTo(big.ofKey("u", List.of((long) value)));
        }
    }

    @Test
    void noUserSeesTheSpanOfAnother() {
        TableDefinition table = TestDatabase.simpleTable(TableType.USER, 1);
        RowKeys keys = new RowKeys(table);
        List<String> users = List.of("", "a", "a\0", "a\0\u0001", "ab", "b", "ä");
        for (String user : users) {
            KeySpan span = keys.span(user, KeyRange.ALL);
            for (String other : users) {
                byte[] key = keys.ofKey(other, List.of(5L));
                boolean inside =
                        Arrays.compareUnsigned(span.lower(), key) <= 0 && Arrays.compareUnsigned(key, span.upper()) < 0;
                assertThat(inside).isEqualTo(user.equals(other));
            }
        }
    }

    @Test
    void refusesAVectorAsKey() {
        assertThatThrownBy(() -> keys(KalamDataType.embedding(2)))
                .isInstanceOf(KalamException.class)
                .extracting(e -> ((KalamException) e).code())
                .isEqualTo(ErrorCode.INVALID_DEFINITION);
    }

    private static RowKeys keys(KalamDataType type) {
        return new RowKeys(TestDatabase.table(TableType.SHARED, 1, ColumnDefinition.primaryKey("a", 1, type)));
    }
}
