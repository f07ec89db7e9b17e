// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;

/**
 * Writes values so that the unsigned order of the bytes is the order of the values, one value after the other. No
 * encoded value is a prefix of another of its type. Confined to one thread.
 *
 * <p>Integers of all widths share one encoding, shorter for smaller numbers: a first byte of 0x80 plus the number of
 * bytes that follow, or 0x7f minus it for negatives. Byte strings escape 0x00 as 0x00 0xff and end with 0x00 0x01.
 */
public final class KeyEncoder {
    private static final int INITIAL_BYTES = 48;
    private static final int ZERO_TAG = 0x80;
    private static final byte ESCAPE = 0x00;
    private static final byte ESCAPED_ZERO = (byte) 0xff;
    private static final byte TERMINATOR = 0x01;
    private static final long SIGN_BIT = Long.MIN_VALUE;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Four bytes, most significant first; for numbers without sign. */
    public KeyEncoder unsignedInt(long value) {
        reserve(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Bytes that are encoded already. */
    public KeyEncoder raw(byte[] value, int from, int to) {
        reserve(to - from);
        System.arraycopy(value, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    /** One byte as it is. */
    public KeyEncoder raw(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /** Number of bytes written. */
    public int length() {
        return length;
    }

    /**
     * A stored value of a type that has an order.
     *
     * @throws ClassCastException if the value is not of the type
     */
    public KeyEncoder value(KalamDataType type, Object value) {
        return switch (type.kind()) {
            case BOOLEAN -> bool((Boolean) value);
            case SMALLINT, INT, BIGINT, DATE, TIME, TIMESTAMP, DATETIME -> integer(integral(value));
            case FLOAT, DOUBLE -> floating(value instanceof Float f ? f : (Double) value);
            case TEXT, JSON -> text((String) value);
            case BYTES -> binary((byte[]) value);
            case UUID -> uuid((UUID) value);
            case DECIMAL -> integer(unscaled((DecimalType) type, (BigDecimal) value));
            case EMBEDDING -> throw new IllegalStateException("EMBEDDING in a key");
        };
    }

    /** A row of a vector that is not NULL, as {@link #value(KalamDataType, Object)} writes it. */
    public KeyEncoder value(ColumnVector vector, int row) {
        return switch (vector.type().kind()) {
            case SMALLINT, INT, BIGINT, DATE, TIME, TIMESTAMP, DATETIME -> integer(vector.getLong(row));
            case BOOLEAN, FLOAT, DOUBLE, TEXT, JSON, BYTES, UUID, DECIMAL, EMBEDDING ->
                value(vector.type(), Objects.requireNonNull(vector.storedValue(row)));
        };
    }

    private static long integral(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short) {
            return ((Number) value).longValue();
        }
        throw new ClassCastException("Not an integer");
    }

    private static BigInteger unscaled(DecimalType type, BigDecimal value) {
        if (value.scale() != type.scale()) {
            throw new ClassCastException("Not of scale " + type.scale());
        }
        return value.unscaledValue();
    }

    KeyEncoder bool(boolean value) {
        reserve(1);
        bytes[length++] = (byte) (value ? 1 : 0);
        return this;
    }

    public KeyEncoder integer(long value) {
        long magnitude = value < 0 ? ~value : value;
        int count = (Long.SIZE + 7 - Long.numberOfLeadingZeros(magnitude)) >> 3;
        reserve(1 + count);
        bytes[length++] = (byte) (value < 0 ? ZERO_TAG - 1 - count : ZERO_TAG + count);
        for (int shift = (count - 1) << 3; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Like {@link #integer(long)} for numbers of any size that a DECIMAL can have. */
    KeyEncoder integer(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            return integer(value.longValue());
        }
        boolean negative = value.signum() < 0;
        byte[] twosComplement = value.toByteArray();
        int count = ((negative ? value.not() : value).bitLength() + 7) >> 3;
        reserve(1 + count);
        bytes[length++] = (byte) (negative ? ZERO_TAG - 1 - count : ZERO_TAG + count);
        System.arraycopy(twosComplement, twosComplement.length - count, bytes, length, count);
        length += count;
        return this;
    }

    /** In total order: negative zero is zero, NaN is the greatest. */
    KeyEncoder floating(double value) {
        long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
        return fixedLong(bits < 0 ? ~bits : bits ^ SIGN_BIT);
    }

    KeyEncoder uuid(UUID value) {
        return fixedLong(value.getMostSignificantBits()).fixedLong(value.getLeastSignificantBits());
    }

    public KeyEncoder text(String value) {
        return binary(value.getBytes(StandardCharsets.UTF_8));
    }

    KeyEncoder binary(byte[] value) {
        reserve(2 * value.length + 2);
        for (byte b : value) {
            bytes[length++] = b;
            if (b == ESCAPE) {
                bytes[length++] = ESCAPED_ZERO;
            }
        }
        bytes[length++] = ESCAPE;
        bytes[length++] = TERMINATOR;
        return this;
    }

    /** The integer of at most 64 bits that begins at an offset. */
    static long decodeInteger(byte[] key, int offset) {
        int tag = key[offset] & 0xff;
        boolean negative = tag < ZERO_TAG;
        int count = negative ? ZERO_TAG - 1 - tag : tag - ZERO_TAG;
        long value = negative ? -1 : 0;
        for (int i = 1; i <= count; i++) {
            value = value << Byte.SIZE | key[offset + i] & 0xff;
        }
        return value;
    }

    /** The least key that is greater than every key that starts with {@code prefix}. */
    public static byte[] successor(byte[] prefix) {
        int last = prefix.length - 1;
        while (last >= 0 && prefix[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            throw new IllegalArgumentException("No key follows a prefix of 0xff bytes");
        }
        byte[] successor = Arrays.copyOf(prefix, last + 1);
        successor[last]++;
        return successor;
    }

    /** Where the text ends that begins at an offset of a key. */
    static int endOfText(byte[] key, int offset) {
        int at = offset;
        while (key[at] != ESCAPE || key[at + 1] != TERMINATOR) {
            at += key[at] == ESCAPE ? 2 : 1;
        }
        return at + 2;
    }

    /** The text that begins at an offset of a key. */
    static String decodeText(byte[] key, int offset) {
        int end = endOfText(key, offset) - 2;
        byte[] text = new byte[end - offset];
        int length = 0;
        for (int at = offset; at < end; at += key[at] == ESCAPE ? 2 : 1) {
            text[length++] = key[at];
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    private KeyEncoder fixedLong(long value) {
        reserve(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
