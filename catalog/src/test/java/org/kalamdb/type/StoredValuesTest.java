// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class StoredValuesTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.kalamdb.type.SampleValues#all")
    void readsBackEveryText(SampleValues.Sample sample) {
        String text = StoredValues.toText(sample.type(), sample.stored());
        assertThat(StoredValues.parse(sample.type(), text)).isEqualTo(sample.stored());
        assertThat(StoredValues.fromJava(sample.type(), text)).isEqualTo(sample.stored());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.kalamdb.type.SampleValues#all")
    void readsBackTheDefaultObject(SampleValues.Sample sample) {
        Object object = StoredValues.toJava(sample.type(), sample.stored(), Object.class);
        // Only java.sql.Time cannot hold microseconds.
        if (sample.type() != KalamDataType.TIME) {
            assertThat(StoredValues.fromJava(sample.type(), object)).isEqualTo(sample.stored());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.kalamdb.type.SampleValues#all")
    void castsToTextAndBack(SampleValues.Sample sample) {
        Object text = StoredValues.cast(sample.type(), sample.stored(), KalamDataType.TEXT);
        assertThat(StoredValues.cast(KalamDataType.TEXT, text, sample.type())).isEqualTo(sample.stored());
    }

    @Test
    void castsBetweenDatesAndTimes() {
        Object timestamp = StoredValues.parse(KalamDataType.TIMESTAMP, "2024-03-10 12:34:56.5");
        assertThat(StoredValues.cast(KalamDataType.TIMESTAMP, timestamp, KalamDataType.DATE))
                .isEqualTo(StoredValues.parse(KalamDataType.DATE, "2024-03-10"));
        assertThat(StoredValues.cast(KalamDataType.TIMESTAMP, timestamp, KalamDataType.TIME))
                .isEqualTo(StoredValues.parse(KalamDataType.TIME, "12:34:56.5"));
        assertThat(StoredValues.cast(KalamDataType.TIMESTAMP, timestamp, KalamDataType.DATETIME))
                .isEqualTo(timestamp);
        assertThat(StoredValues.cast(KalamDataType.DATETIME, timestamp, KalamDataType.TIMESTAMP))
                .isEqualTo(timestamp);
    }

    @Test
    void castsDecimalsToAnotherScale() {
        assertThat(StoredValues.cast(
                        KalamDataType.decimal(10, 3), new BigDecimal("-0.125"), KalamDataType.decimal(5, 2)))
                .isEqualTo(new BigDecimal("-0.13"));
    }

    @Test
    void readsTruthValues() {
        for (String yes : List.of("true", "TRUE", " t ", "yes", "Y", "on", "1")) {
            assertThat(StoredValues.parse(KalamDataType.BOOLEAN, yes)).isEqualTo(true);
        }
        for (String no : List.of("false", "F", "NO", "n", "off", "0")) {
            assertThat(StoredValues.fromJava(KalamDataType.BOOLEAN, no)).isEqualTo(false);
        }
        assertRefused(KalamDataType.BOOLEAN, "maybe", ErrorCode.INVALID_LITERAL)
                .hasMessage("Invalid BOOLEAN literal 'maybe': expected true or false");
        assertRefused(KalamDataType.BOOLEAN, LocalDate.EPOCH, ErrorCode.INVALID_CAST);
        assertRefused(KalamDataType.BOOLEAN, Double.NaN, ErrorCode.INVALID_CAST);
    }

    @Test
    void takesVectorsInEveryForm() {
        EmbeddingType type = KalamDataType.embedding(2);
        float[] expected = {1.0f, 2.5f};
        List<Object> forms = List.of(
                expected,
                new double[] {1.0, 2.5},
                new Float[] {1.0f, 2.5f},
                new Object[] {1, new BigDecimal("2.5")},
                List.of(1L, 2.5),
                "[1.0,2.5]",
                " [ 1 , 25e-1 ] ");
        for (Object form : forms) {
            Object stored = StoredValues.fromJava(type, form);
            assertThat(stored).isEqualTo(expected).isNotSameAs(form);
        }
        assertThat(StoredValues.toText(type, expected)).isEqualTo("[1.0,2.5]");
        assertThat(StoredValues.toJava(type, expected, float[].class))
                .isEqualTo(expected)
                .isNotSameAs(expected);
        assertThat(StoredValues.toJava(type, expected, double[].class)).isEqualTo(new double[] {1.0, 2.5});
        assertThat(StoredValues.toJava(type, expected, Float[].class)).isEqualTo(new Float[] {1.0f, 2.5f});
        assertThat(StoredValues.cast(type, expected, KalamDataType.JSON)).isEqualTo("[1.0,2.5]");
    }

    @Test
    void refusesVectorsOfAnotherDimensionOrWithGaps() {
        EmbeddingType type = KalamDataType.embedding(3);
        for (Object form : List.of(new float[2], new double[2], List.of(1, 2), "[1,2]", new Float[] {1f, 2f})) {
            assertRefused(type, form, ErrorCode.DIMENSION_MISMATCH)
                    .hasMessage("Invalid EMBEDDING: expected 3 elements, got 2");
        }
        assertRefused(type, "[]", ErrorCode.DIMENSION_MISMATCH).hasMessageContaining("got 0");
        assertRefused(type, "[1,2,3,4]", ErrorCode.DIMENSION_MISMATCH).hasMessageContaining("got 4");
        assertRefused(type, "[1,,3]", ErrorCode.INVALID_LITERAL);
        assertRefused(type, "[1,2,3", ErrorCode.INVALID_LITERAL);
        assertRefused(type, "1,2,3", ErrorCode.INVALID_LITERAL);
        assertRefused(type, "[1,2,x]", ErrorCode.INVALID_LITERAL);
        assertRefused(type, Arrays.asList(1, null, 3), ErrorCode.INVALID_CAST).hasMessageContaining("element 2");
        assertRefused(type, new float[] {1, Float.NaN, 3}, ErrorCode.DATA_EXCEPTION)
                .hasMessage("Invalid EMBEDDING: elements must be finite, element 2 is NaN");
        assertRefused(type, "[1,Infinity,3]", ErrorCode.DATA_EXCEPTION);
        assertRefused(type, new double[] {1, 1e300, 3}, ErrorCode.NUMERIC_OUT_OF_RANGE);
        assertRefused(type, 1, ErrorCode.INVALID_CAST);
    }

    @Test
    void takesUuidsInEveryForm() {
        UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
        byte[] bytes = HexFormat.of().parseHex("123e4567e89b12d3a456426614174000");
        for (Object form : List.of(
                uuid,
                bytes,
                " 123E4567-e89b-12d3-a456-426614174000 ",
                "{123e4567-e89b-12d3-a456-426614174000}",
                "123e4567e89b12d3a456426614174000")) {
            assertThat(StoredValues.fromJava(KalamDataType.UUID, form)).isEqualTo(uuid);
        }
        assertThat(StoredValues.toJava(KalamDataType.UUID, uuid, byte[].class)).isEqualTo(bytes);
        assertThat(StoredValues.toJava(KalamDataType.UUID, uuid, String.class)).isEqualTo(uuid.toString());
        assertThat(StoredValues.toJava(KalamDataType.BYTES, bytes, UUID.class)).isEqualTo(uuid);
        for (String text : List.of(
                "",
                "{}",
                "{",
                "1-1-1-1-1",
                "123e4567-e89b-12d3-a456-42661417400g",
                "123e4567-e89b12d3-a456-4266-14174000")) {
            assertRefused(KalamDataType.UUID, text, ErrorCode.INVALID_LITERAL);
        }
        assertRefused(KalamDataType.UUID, new byte[15], ErrorCode.INVALID_CAST).hasMessageContaining("got 15");
        assertRefused(KalamDataType.UUID, 1, ErrorCode.INVALID_CAST);
    }

    @Test
    void takesBytesAndHexText() {
        byte[] bytes = {0x0a, (byte) 0xff};
        Object stored = StoredValues.fromJava(KalamDataType.BYTES, bytes);
        assertThat(stored).isEqualTo(bytes).isNotSameAs(bytes);
        assertThat(StoredValues.fromJava(KalamDataType.BYTES, " \\x0aFF ")).isEqualTo(bytes);
        assertThat(StoredValues.toText(KalamDataType.BYTES, bytes)).isEqualTo("\\x0aff");
        assertThat(StoredValues.toJava(KalamDataType.BYTES, bytes, byte[].class))
                .isEqualTo(bytes)
                .isNotSameAs(bytes);
        for (String text : List.of("0aff", "\\x0", "\\x0g", "\\x 0a", "")) {
            assertRefused(KalamDataType.BYTES, text, ErrorCode.INVALID_LITERAL);
        }
        assertRefused(KalamDataType.TEXT, bytes, ErrorCode.INVALID_CAST);
        assertThat(StoredValues.toJava(KalamDataType.TEXT, "é", byte[].class))
                .isEqualTo(new byte[] {(byte) 0xc3, (byte) 0xa9});
    }

    @Test
    void validatesJsonAndKeepsItAsWritten() {
        for (String json : List.of(" {\"a\" : 1.50} ", "[]", "null", "\"\\u00e9\"", "-0.0", "[1,[2,[3]]]")) {
            assertThat(StoredValues.fromJava(KalamDataType.JSON, json)).isEqualTo(json);
        }
        assertThat(StoredValues.fromJava(KalamDataType.JSON, 42)).isEqualTo("42");
        assertThat(StoredValues.fromJava(KalamDataType.JSON, true)).isEqualTo("true");
        assertRefused(KalamDataType.JSON, "{\n  \"a\": }", ErrorCode.INVALID_JSON)
                .hasMessageStartingWith("Invalid JSON at line 2, column 8: ");
        for (String text :
                List.of("", " ", "{", "[1,]", "{\"a\":1}}", "1 2", "{a:1}", "nul", "NaN", "'a'", "[1] x", "\"\n\"")) {
            assertRefused(KalamDataType.JSON, text, ErrorCode.INVALID_JSON);
        }
        assertRefused(KalamDataType.JSON, "[".repeat(2000), ErrorCode.INVALID_JSON)
                .hasMessage("Invalid JSON at line 1, column 1002:"
                        + " Document nesting depth (1001) exceeds the maximum allowed (1000)");
        assertRefused(KalamDataType.JSON, "{", ErrorCode.INVALID_JSON)
                .hasMessage("Invalid JSON at line 1, column 2:"
                        + " Unexpected end-of-input: expected close marker for Object");
        assertRefused(KalamDataType.JSON, Double.NaN, ErrorCode.INVALID_JSON);
        assertRefused(KalamDataType.JSON, LocalDate.EPOCH, ErrorCode.INVALID_CAST);
    }

    @Test
    void writesJavaObjectsAsText() {
        assertThat(StoredValues.fromJava(KalamDataType.TEXT, new StringBuilder("a")))
                .isEqualTo("a");
        assertThat(StoredValues.fromJava(KalamDataType.TEXT, 'a')).isEqualTo("a");
        assertThat(StoredValues.fromJava(KalamDataType.TEXT, 1.5)).isEqualTo("1.5");
        assertThat(StoredValues.fromJava(KalamDataType.TEXT, new BigDecimal("1E+3")))
                .isEqualTo("1000");
        assertThat(StoredValues.fromJava(KalamDataType.TEXT, true)).isEqualTo("true");
        assertThat(StoredValues.fromJava(KalamDataType.TEXT, LocalDate.EPOCH)).isEqualTo("1970-01-01");
        assertThat(StoredValues.fromJava(KalamDataType.TEXT, LocalTime.NOON)).isEqualTo("12:00:00");
        assertThat(StoredValues.fromJava(KalamDataType.TEXT, LocalDate.EPOCH.atTime(1, 2)))
                .isEqualTo("1970-01-01 01:02:00");
        assertThat(StoredValues.fromJava(KalamDataType.TEXT, Instant.EPOCH)).isEqualTo("1970-01-01 00:00:00+00");
        assertRefused(KalamDataType.TEXT, new Object(), ErrorCode.INVALID_CAST)
                .hasMessage("Cannot convert a value of class Object to TEXT: expected text");
    }

    @Test
    void refusesTextThatUtf8CannotHold() {
        for (String text : List.of("a\uD83D", "\uDE00", "\uD83Da", "\uDE00\uD83D")) {
            assertRefused(KalamDataType.TEXT, text, ErrorCode.INVALID_LITERAL)
                    .hasMessageContaining("unpaired surrogate");
            assertRefused(KalamDataType.JSON, "\"" + text + "\"", ErrorCode.INVALID_LITERAL);
        }
    }

    @Test
    void shortensValuesInMessages() {
        assertThatThrownBy(() -> StoredValues.parse(KalamDataType.UUID, "x".repeat(1_000_000)))
                .hasMessageContaining("... (1000000 characters)")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250));
    }

    /** Whatever the pair of types, a cast gives a value of the target or one of the conversion errors. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.kalamdb.type.SampleValues#all")
    void castsToEveryTypeOrSaysWhyNot(SampleValues.Sample sample) {
        for (KalamDataType target : SampleTypes.all()) {
            try {
                Object cast = StoredValues.cast(sample.type(), sample.stored(), target);
                byte[] bytes = ValueCodec.encode(target, cast);
                assertThat(ValueCodec.decode(target, bytes)).isEqualTo(cast);
            } catch (KalamException e) {
                assertThat(e.code())
                        .isIn(
                                ErrorCode.INVALID_CAST,
                                ErrorCode.INVALID_LITERAL,
                                ErrorCode.INVALID_DATETIME,
                                ErrorCode.INVALID_JSON,
                                ErrorCode.NUMERIC_OUT_OF_RANGE,
                                ErrorCode.DIMENSION_MISMATCH);
            }
        }
    }

    /** The same for every class that JDBC may ask for. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.kalamdb.type.SampleValues#all")
    void givesEveryClassOrSaysWhyNot(SampleValues.Sample sample) {
        for (Class<?> target : TARGETS) {
            try {
                assertThat(StoredValues.toJava(sample.type(), sample.stored(), target))
                        .isInstanceOf(target);
            } catch (KalamException e) {
                assertThat(e.code())
                        .isIn(
                                ErrorCode.INVALID_CAST,
                                ErrorCode.INVALID_LITERAL,
                                ErrorCode.INVALID_DATETIME,
                                ErrorCode.NUMERIC_OUT_OF_RANGE);
            }
        }
    }

    private static final List<Class<?>> TARGETS = List.of(
            Object.class,
            String.class,
            Number.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class,
            byte[].class,
            float[].class,
            double[].class,
            Float[].class,
            UUID.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Instant.class,
            java.sql.Date.class,
            java.sql.Time.class,
            java.sql.Timestamp.class,
            java.util.Date.class,
            Thread.class);

    private static AbstractThrowableAssert<?, ?> assertRefused(KalamDataType type, Object value, ErrorCode code) {
        return assertThatThrownBy(() -> StoredValues.fromJava(type, value))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
