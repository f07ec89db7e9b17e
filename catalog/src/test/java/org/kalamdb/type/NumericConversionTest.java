// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

@ParameterizedClass
@EnumSource
final class NumericConversionTest {
    private static final DecimalType PRICE = KalamDataType.decimal(10, 2);

    @Parameter
    JvmDefaults defaults;

    private JvmDefaults.Restore restore;

    @BeforeEach
    void setDefaults() {
        restore = defaults.set();
    }

    @AfterEach
    void restoreDefaults() {
        restore.close();
    }

    @Test
    void convertsEveryNumberToEveryNumericType() {
        List<Object> sevens = List.of(
                (byte) 7,
                (short) 7,
                7,
                7L,
                7f,
                7d,
                new BigDecimal("7.00"),
                BigInteger.valueOf(7),
                new AtomicLong(7),
                "7",
                " 7.0 ");
        for (Object seven : sevens) {
            assertThat(StoredValues.fromJava(KalamDataType.SMALLINT, seven)).isEqualTo((short) 7);
            assertThat(StoredValues.fromJava(KalamDataType.INT, seven)).isEqualTo(7);
            assertThat(StoredValues.fromJava(KalamDataType.BIGINT, seven)).isEqualTo(7L);
            assertThat(StoredValues.fromJava(KalamDataType.FLOAT, seven)).isEqualTo(7f);
            assertThat(StoredValues.fromJava(KalamDataType.DOUBLE, seven)).isEqualTo(7d);
            assertThat(StoredValues.fromJava(PRICE, seven)).isEqualTo(new BigDecimal("7.00"));
            if (!(seven instanceof String)) {
                assertThat(StoredValues.fromJava(KalamDataType.BOOLEAN, seven)).isEqualTo(true);
            }
        }
        assertThat(StoredValues.fromJava(KalamDataType.INT, true)).isEqualTo(1);
        assertThat(StoredValues.fromJava(KalamDataType.DOUBLE, false)).isEqualTo(0d);
        assertThat(StoredValues.fromJava(PRICE, true)).isEqualTo(new BigDecimal("1.00"));
        assertThat(StoredValues.fromJava(KalamDataType.BOOLEAN, 0.0)).isEqualTo(false);
        assertThat(StoredValues.fromJava(KalamDataType.BOOLEAN, BigDecimal.ZERO))
                .isEqualTo(false);
    }

    @Test
    void keepsTheEndsOfIntegerRanges() {
        assertRange(KalamDataType.SMALLINT, Short.MIN_VALUE, Short.MAX_VALUE);
        assertRange(KalamDataType.INT, Integer.MIN_VALUE, Integer.MAX_VALUE);
        assertRange(KalamDataType.BIGINT, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static void assertRange(KalamDataType type, long min, long max) {
        BigInteger one = BigInteger.ONE;
        for (long edge : new long[] {min, max}) {
            BigInteger outside = edge < 0
                    ? BigInteger.valueOf(edge).subtract(one)
                    : BigInteger.valueOf(edge).add(one);
            assertThat(((Number) StoredValues.fromJava(type, BigInteger.valueOf(edge))).longValue())
                    .isEqualTo(edge);
            assertThat(((Number) StoredValues.fromJava(type, Long.toString(edge))).longValue())
                    .isEqualTo(edge);
            assertThat(((Number) StoredValues.fromJava(type, new BigDecimal(edge + ".4"))).longValue())
                    .isEqualTo(edge);
            assertOutOfRange(type, outside);
            assertOutOfRange(type, outside.toString());
            assertOutOfRange(type, new BigDecimal(edge + ".5"));
        }
    }

    @Test
    void saysTheRangeOfSmallints() {
        assertOutOfRange(KalamDataType.SMALLINT, 40_000)
                .hasMessage("Value 40000 is out of range for SMALLINT (-32,768 to 32,767)");
        assertOutOfRange(KalamDataType.INT, 3_000_000_000L)
                .hasMessage("Value 3000000000 is out of range for INT (-2,147,483,648 to 2,147,483,647)");
    }

    @Test
    void roundsHalvesAwayFromZero() {
        Object[][] cases = {
            {0.5, 1}, {-0.5, -1}, {1.5, 2}, {2.5, 3}, {-2.5, -3}, {0.49999999999999994, 0}, {2.4999, 2}, {1e-300, 0}
        };
        for (Object[] c : cases) {
            assertThat(StoredValues.fromJava(KalamDataType.INT, c[0])).isEqualTo(c[1]);
            assertThat(StoredValues.fromJava(KalamDataType.INT, BigDecimal.valueOf((Double) c[0])))
                    .isEqualTo(c[1]);
            assertThat(StoredValues.fromJava(KalamDataType.INT, c[0].toString()))
                    .isEqualTo(c[1]);
        }
        assertThat(StoredValues.fromJava(KalamDataType.BIGINT, 9007199254740991.0))
                .isEqualTo(9007199254740991L);
        assertThat(StoredValues.fromJava(KalamDataType.INT, 2147483647.4)).isEqualTo(Integer.MAX_VALUE);
        assertOutOfRange(KalamDataType.INT, 2147483647.5);
        assertThat(StoredValues.fromJava(KalamDataType.BIGINT, -0x1p63)).isEqualTo(Long.MIN_VALUE);
        assertOutOfRange(KalamDataType.BIGINT, 0x1p63);
        assertThat(StoredValues.fromJava(PRICE, "1.005")).isEqualTo(new BigDecimal("1.01"));
        assertThat(StoredValues.fromJava(PRICE, -1.005)).isEqualTo(new BigDecimal("-1.01"));
        assertThat(StoredValues.fromJava(PRICE, 0.1f)).isEqualTo(new BigDecimal("0.10"));
    }

    @Test
    void refusesNotANumberAndInfinityWhereTheyDoNotExist() {
        for (Object value : List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN)) {
            for (KalamDataType type : List.of(KalamDataType.SMALLINT, KalamDataType.INT, KalamDataType.BIGINT, PRICE)) {
                assertOutOfRange(type, value);
            }
        }
        assertThat(StoredValues.fromJava(KalamDataType.DOUBLE, " nan ")).isEqualTo(Double.NaN);
        assertThat(StoredValues.fromJava(KalamDataType.FLOAT, "-infinity")).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(StoredValues.fromJava(KalamDataType.FLOAT, Double.NaN)).isEqualTo(Float.NaN);
        assertThat(StoredValues.fromJava(KalamDataType.FLOAT, Double.POSITIVE_INFINITY))
                .isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void refusesFloatsTooLarge() {
        assertOutOfRange(KalamDataType.FLOAT, 1e39);
        assertOutOfRange(KalamDataType.FLOAT, "1e39");
        assertOutOfRange(KalamDataType.FLOAT, new BigDecimal("-1e39"));
        assertOutOfRange(KalamDataType.DOUBLE, "1e309");
        assertOutOfRange(KalamDataType.DOUBLE, new BigDecimal("1e309"));
        assertThat(StoredValues.fromJava(KalamDataType.DOUBLE, 0.1f)).isEqualTo((double) 0.1f);
        assertThat(StoredValues.fromJava(KalamDataType.FLOAT, "3.4028235e38")).isEqualTo(Float.MAX_VALUE);
    }

    @Test
    void refusesDecimalsOverPrecision() {
        DecimalType type = KalamDataType.decimal(4, 2);
        assertThat(StoredValues.fromJava(type, "99.994")).isEqualTo(new BigDecimal("99.99"));
        assertOutOfRange(type, "99.995")
                .hasMessage("Value 99.995 is out of range for DECIMAL(4, 2) (up to 2 digits before the point)");
        assertOutOfRange(type, 100);
        assertOutOfRange(type, new BigDecimal("1e1000000000"));
        assertThat(StoredValues.fromJava(type, new BigDecimal("1e-1000000000"))).isEqualTo(new BigDecimal("0.00"));
        assertThat(StoredValues.fromJava(type, "0e-99")).isEqualTo(new BigDecimal("0.00"));
        assertThat(StoredValues.fromJava(KalamDataType.decimal(2, 2), "0.994")).isEqualTo(new BigDecimal("0.99"));
        assertThat(StoredValues.fromJava(KalamDataType.decimal(2, 2), "-0.004")).isEqualTo(new BigDecimal("0.00"));
        assertThat(StoredValues.fromJava(KalamDataType.decimal(2, 2), "0.005")).isEqualTo(new BigDecimal("0.01"));
        assertOutOfRange(KalamDataType.decimal(2, 2), "0.995");
    }

    @Test
    void survivesHugeExponents() {
        for (String text : List.of("1e999999999", "1e2147483647", "-1E+2147483647")) {
            assertOutOfRange(KalamDataType.INT, text);
            assertOutOfRange(PRICE, text);
            assertOutOfRange(KalamDataType.DOUBLE, text);
        }
        assertThat(StoredValues.fromJava(KalamDataType.INT, "1e-999999999")).isEqualTo(0);
        assertInvalid(KalamDataType.INT, "1e99999999999");
        assertInvalid(KalamDataType.INT, "1".repeat(5000));
        assertThatThrownBy(() -> StoredValues.toJava(KalamDataType.TEXT, "1e999999999", BigInteger.class))
                .isInstanceOf(KalamException.class);
    }

    @Test
    void refusesTextThatIsNoNumber() {
        for (String text :
                List.of("", " ", "abc", "1,5", "1 2", "0x10", "1f", "1d", "--1", "+", ".", "e5", "1e", "١٢", "1_000")) {
            for (KalamDataType type : List.of(
                    KalamDataType.SMALLINT,
                    KalamDataType.INT,
                    KalamDataType.BIGINT,
                    KalamDataType.FLOAT,
                    KalamDataType.DOUBLE,
                    PRICE)) {
                assertInvalid(type, text);
            }
        }
        assertThat(StoredValues.fromJava(KalamDataType.DOUBLE, ".5")).isEqualTo(0.5);
        assertThat(StoredValues.fromJava(KalamDataType.DOUBLE, "5.")).isEqualTo(5.0);
        assertThat(StoredValues.fromJava(KalamDataType.DOUBLE, "+1.5E-3")).isEqualTo(0.0015);
    }

    @Test
    void readsBackRandomFloats() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            double d = Double.longBitsToDouble(random.nextLong());
            float f = Float.intBitsToFloat(random.nextInt());
            String doubleText = StoredValues.toText(KalamDataType.DOUBLE, d);
            String floatText = StoredValues.toText(KalamDataType.FLOAT, f);
            assertThat(StoredValues.parse(KalamDataType.DOUBLE, doubleText))
                    .as("seed %d", seed)
                    .isEqualTo(d);
            assertThat(StoredValues.parse(KalamDataType.FLOAT, floatText))
                    .as("seed %d", seed)
                    .isEqualTo(f);
            assertThat(doubleText.length()).isLessThanOrEqualTo(TypeMapping.displaySize(KalamDataType.DOUBLE, null));
            assertThat(floatText.length()).isLessThanOrEqualTo(TypeMapping.displaySize(KalamDataType.FLOAT, null));
        }
    }

    @Test
    void givesTheClassAskedFor() {
        for (KalamDataType type : List.of(
                KalamDataType.SMALLINT,
                KalamDataType.INT,
                KalamDataType.BIGINT,
                KalamDataType.FLOAT,
                KalamDataType.DOUBLE,
                PRICE,
                KalamDataType.TEXT)) {
            Object stored = StoredValues.parse(type, "7");
            assertThat(StoredValues.toJava(type, stored, byte.class)).isEqualTo((byte) 7);
            assertThat(StoredValues.toJava(type, stored, Short.class)).isEqualTo((short) 7);
            assertThat(StoredValues.toJava(type, stored, int.class)).isEqualTo(7);
            assertThat(StoredValues.toJava(type, stored, Long.class)).isEqualTo(7L);
            assertThat(StoredValues.toJava(type, stored, float.class)).isEqualTo(7f);
            assertThat(StoredValues.toJava(type, stored, Double.class)).isEqualTo(7d);
            assertThat(StoredValues.toJava(type, stored, BigInteger.class)).isEqualTo(BigInteger.valueOf(7));
            assertThat((BigDecimal) StoredValues.toJava(type, stored, BigDecimal.class))
                    .isEqualByComparingTo("7");
        }
        assertThat(StoredValues.toJava(KalamDataType.SMALLINT, (short) 7, Object.class))
                .isEqualTo(7);
        assertThat(StoredValues.toJava(KalamDataType.INT, 7, boolean.class)).isEqualTo(true);
        assertThat(StoredValues.toJava(KalamDataType.BOOLEAN, true, int.class)).isEqualTo(1);
        assertThat(StoredValues.toJava(KalamDataType.INT, 7, Number.class)).isEqualTo(7);
        assertThatThrownBy(() -> StoredValues.toJava(KalamDataType.INT, 300, byte.class))
                .hasMessage("Value 300 is out of range for Byte (-128 to 127)");
        assertThatThrownBy(() -> StoredValues.toJava(KalamDataType.UUID, new java.util.UUID(0, 0), int.class))
                .hasMessage("Cannot convert a value of type UUID to class int");
    }

    private static AbstractThrowableAssert<?, ?> assertOutOfRange(KalamDataType type, Object value) {
        return assertCode(type, value, ErrorCode.NUMERIC_OUT_OF_RANGE);
    }

    private static AbstractThrowableAssert<?, ?> assertInvalid(KalamDataType type, Object value) {
        return assertCode(type, value, ErrorCode.INVALID_LITERAL);
    }

    private static AbstractThrowableAssert<?, ?> assertCode(KalamDataType type, Object value, ErrorCode code) {
        return assertThatThrownBy(() -> StoredValues.fromJava(type, value))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
