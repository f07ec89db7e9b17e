// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;

/** Stored values of all types, edge cases among them. */
final class RandomValues {
    static final List<KalamDataType> TYPES = List.of(
            KalamDataType.BOOLEAN,
            KalamDataType.SMALLINT,
            KalamDataType.INT,
            KalamDataType.BIGINT,
            KalamDataType.FLOAT,
            KalamDataType.DOUBLE,
            KalamDataType.TEXT,
            KalamDataType.BYTES,
            KalamDataType.JSON,
            KalamDataType.UUID,
            KalamDataType.DATE,
            KalamDataType.TIME,
            KalamDataType.TIMESTAMP,
            KalamDataType.DATETIME,
            KalamDataType.decimal(12, 3),
            KalamDataType.decimal(38, 10),
            KalamDataType.embedding(3));

    private static final long[] LONGS = {
        0, 1, -1, 255, 256, -256, -257, 65535, 65536, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MIN_VALUE
    };
    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MAX_VALUE
    };
    private static final String[] TEXTS = {"", "\0", "a", "a\0", "a\0b", "ab", "ä", "€", "\uffff", "😀"};

    private final Random random;

    RandomValues(long seed) {
        random = new Random(seed);
    }

    Object next(KalamDataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case SMALLINT -> (short) nextLong();
            case INT, DATE -> (int) nextLong();
            case BIGINT, TIME, TIMESTAMP, DATETIME -> nextLong();
            case FLOAT -> (float) nextDouble();
            case DOUBLE -> nextDouble();
            case TEXT, JSON -> nextText();
            case BYTES -> nextBytes();
            case UUID -> new UUID(nextLong(), nextLong());
            case DECIMAL -> nextDecimal((DecimalType) type);
            case EMBEDDING -> nextEmbedding((EmbeddingType) type);
        };
    }

    private long nextLong() {
        return random.nextInt(4) == 0
                ? LONGS[random.nextInt(LONGS.length)]
                : random.nextLong() >> random.nextInt(Long.SIZE);
    }

    private double nextDouble() {
        return switch (random.nextInt(3)) {
            case 0 -> DOUBLES[random.nextInt(DOUBLES.length)];
            case 1 -> random.nextGaussian();
            default -> Double.longBitsToDouble(random.nextLong());
        };
    }

    private String nextText() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(TEXTS[random.nextInt(TEXTS.length)]);
        }
        return text.toString();
    }

    private byte[] nextBytes() {
        byte[] bytes = new byte[random.nextInt(5)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextBoolean() ? 0 : random.nextInt(3) - 1);
        }
        return bytes;
    }

    private BigDecimal nextDecimal(DecimalType type) {
        BigInteger limit = BigInteger.TEN.pow(type.precision());
        BigInteger unscaled = new BigInteger(random.nextInt(limit.bitLength() + 1), random).mod(limit);
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
    }

    private float[] nextEmbedding(EmbeddingType type) {
        float[] values = new float[type.dimension()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
