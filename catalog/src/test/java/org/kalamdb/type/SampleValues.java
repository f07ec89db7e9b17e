// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Stored values of every type: the ends of its range and what breaks careless code. */
final class SampleValues {
    private SampleValues() {}

    record Sample(KalamDataType type, Object stored) {
        @Override
        public String toString() {
            String text = StoredValues.toText(type, stored);
            return type + " " + (text.length() > 40 ? text.substring(0, 40) + "..." : text);
        }
    }

    static List<Sample> all() {
        List<Sample> samples = new ArrayList<>();
        add(samples, KalamDataType.BOOLEAN, true, false);
        add(samples, KalamDataType.SMALLINT, (short) 0, Short.MIN_VALUE, Short.MAX_VALUE);
        add(samples, KalamDataType.INT, 0, 42, Integer.MIN_VALUE, Integer.MAX_VALUE);
        add(samples, KalamDataType.BIGINT, 0L, Long.MIN_VALUE, Long.MAX_VALUE);
        add(
                samples,
                KalamDataType.FLOAT,
                0f,
                -0f,
                0.1f,
                Float.MIN_VALUE,
                Float.MAX_VALUE,
                -Float.MAX_VALUE,
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY);
        add(
                samples,
                KalamDataType.DOUBLE,
                0d,
                -0d,
                0.1,
                1e23,
                2e-3,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY);
        for (KalamDataType type : List.of(KalamDataType.TEXT)) {
            add(
                    samples,
                    type,
                    "",
                    " ",
                    "a",
                    "  padded  ",
                    "\u0000",
                    "žluťoučký",
                    "\uD83D\uDE00 face",
                    "ıİ",
                    "line\nline");
        }
        add(samples, KalamDataType.JSON, "null", "{}", "[1, 2.50, \"\uD83D\uDE00\"]", " {\"a\" : [true]} ", "\"\"");
        add(samples, KalamDataType.BYTES, new byte[0], new byte[] {0, -1, 10, 127, -128});
        add(
                samples,
                KalamDataType.UUID,
                new UUID(0, 0),
                new UUID(-1, -1),
                new UUID(0x123e4567e89b12d3L, 0xa456426614174000L));
        add(samples, KalamDataType.DATE, 0, -1, 19782, Datetimes.MIN_DAYS, Datetimes.MAX_DAYS);
        add(samples, KalamDataType.TIME, 0L, 1L, 45_296_500_000L, 86_399_999_999L);
        for (KalamDataType type : List.of(KalamDataType.TIMESTAMP, KalamDataType.DATETIME)) {
            add(samples, type, 0L, -1L, 1L, 1_704_112_496_123_456L, Datetimes.MIN_MICROS, Datetimes.MAX_MICROS);
        }
        decimals(samples);
        for (int dimension : new int[] {1, 3, 384, 768, 1536, 3072, 8192}) {
            float[] elements = new float[dimension];
            for (int i = 0; i < dimension; i++) {
                elements[i] = (i - dimension / 2) * 0.37f;
            }
            add(samples, KalamDataType.embedding(dimension), (Object) elements);
        }
        return samples;
    }

    private static void decimals(List<Sample> samples) {
        add(
                samples,
                KalamDataType.decimal(3, 1),
                new BigDecimal("0.0"),
                new BigDecimal("-0.5"),
                new BigDecimal("99.9"),
                new BigDecimal("-99.9"));
        add(samples, KalamDataType.decimal(1, 1), new BigDecimal("-0.9"));
        add(samples, KalamDataType.decimal(18, 0), new BigDecimal("999999999999999999"));
        BigInteger largest = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
        for (int scale : new int[] {0, 10, 38}) {
            add(
                    samples,
                    KalamDataType.decimal(38, scale),
                    new BigDecimal(largest, scale),
                    new BigDecimal(largest.negate(), scale),
                    new BigDecimal(BigInteger.ONE, scale));
        }
    }

    private static void add(List<Sample> samples, KalamDataType type, Object... stored) {
        Arrays.stream(stored).forEach(value -> samples.add(new Sample(type, value)));
    }
}
