// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;

/**
 * The bytes of a single value that names its type: the type's {@linkplain TypeKind#tag() tag} and then, numbers
 * little-endian,
 *
 * <table>
 * <caption>Values behind the tag</caption>
 * <tr><th>Type</th><th>Bytes</th></tr>
 * <tr><td>BOOLEAN</td><td>one byte, 0 or 1</td></tr>
 * <tr><td>SMALLINT, INT, BIGINT</td><td>2, 4 or 8 bytes, two's complement</td></tr>
 * <tr><td>FLOAT, DOUBLE</td><td>4 or 8 bytes, IEEE 754</td></tr>
 * <tr><td>TEXT, JSON</td><td>u32 length in bytes, UTF-8</td></tr>
 * <tr><td>BYTES</td><td>u32 length, the bytes</td></tr>
 * <tr><td>DATE</td><td>i32 days since 1970-01-01</td></tr>
 * <tr><td>TIME, TIMESTAMP, DATETIME</td><td>i64 microseconds since midnight or since 1970-01-01 00:00</td></tr>
 * <tr><td>UUID</td><td>16 bytes in the order of RFC 4122</td></tr>
 * <tr><td>EMBEDDING</td><td>u32 dimension, as many 4-byte floats</td></tr>
 * <tr><td>DECIMAL</td><td>precision, scale and n, one byte each, then the unscaled number in n bytes, two's complement, n
 * being the fewest that hold it, 1 to 16</td></tr>
 * </table>
 *
 * <p>NULL is the single byte 0x00. Every value has one encoding (of the NaNs, all are read and the usual one is
 * written), and whatever is not one is refused. Values are {@linkplain StoredValues stored values}. Safe for use by several threads.
 */
public final class ValueCodec {
    /** What stands for NULL instead of a tag. */
    public static final byte NULL_MARKER = 0x00;

    /** The bytes of 10^38 - 1 in two's complement. */
    private static final int MAX_DECIMAL_BYTES = 16;

    private ValueCodec() {}

    /**
     * The bytes of a value.
     *
     * @param stored stored value of the type, or null for NULL
     * @throws IllegalArgumentException if the value is not one of the type
     */
    public static byte[] encode(KalamDataType type, @Nullable Object stored) {
        if (stored == null) {
            return new byte[] {NULL_MARKER};
        }
        return switch (type.kind()) {
            case BOOLEAN ->
                buffer(type, 1).put((byte) ((Boolean) stored ? 1 : 0)).array();
            case SMALLINT -> buffer(type, Short.BYTES).putShort((Short) stored).array();
            case INT, DATE ->
                buffer(type, Integer.BYTES).putInt((Integer) stored).array();
            case BIGINT, TIME, TIMESTAMP, DATETIME ->
                buffer(type, Long.BYTES).putLong((Long) stored).array();
            case FLOAT ->
                buffer(type, Float.BYTES)
                        .putInt(Float.floatToIntBits((Float) stored))
                        .array();
            case DOUBLE ->
                buffer(type, Double.BYTES)
                        .putLong(Double.doubleToLongBits((Double) stored))
                        .array();
            case TEXT, JSON ->
                lengthPrefixed(type, JavaText.requireValid((String) stored).getBytes(StandardCharsets.UTF_8));
            case BYTES -> lengthPrefixed(type, (byte[]) stored);
            case UUID ->
                buffer(type, BinaryText.UUID_BYTES)
                        .put(BinaryText.uuidToBytes((UUID) stored))
                        .array();
            case DECIMAL -> encodeDecimal((DecimalType) type, (BigDecimal) stored);
            case EMBEDDING -> encodeEmbedding((EmbeddingType) type, (float[]) stored);
        };
    }

    /**
     * The value that all of the bytes are, with its type.
     *
     * @throws KalamException INVALID_ENCODING if they are none
     */
    public static TaggedValue decode(byte[] bytes) {
        WireReader reader = new WireReader("value", ByteBuffer.wrap(bytes));
        TaggedValue value = read(reader);
        reader.requireEnd();
        return value;
    }

    /**
     * The value at the buffer's position, which is moved behind it.
     *
     * @throws KalamException INVALID_ENCODING if there is none; the position is then as it was
     */
    public static TaggedValue decode(ByteBuffer bytes) {
        WireReader reader = new WireReader("value", bytes);
        TaggedValue value = read(reader);
        bytes.position(reader.position());
        return value;
    }

    /**
     * The value of a known type that all of the bytes are; null for NULL.
     *
     * @throws KalamException INVALID_ENCODING if they are none, or one of another type
     */
    public static @Nullable Object decode(KalamDataType type, byte[] bytes) {
        WireReader reader = new WireReader("value", ByteBuffer.wrap(bytes));
        TaggedValue value = read(reader);
        reader.requireEnd();
        if (value.type() != null && !value.type().equals(type)) {
            throw reader.invalid("expected a value of " + type + ", got one of " + value.type());
        }
        return value.stored();
    }

    private static ByteBuffer buffer(KalamDataType type, int length) {
        return ByteBuffer.allocate(Math.addExact(1, length))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.kind().tag());
    }

    private static byte[] lengthPrefixed(KalamDataType type, byte[] bytes) {
        return buffer(type, Math.addExact(Integer.BYTES, bytes.length))
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] encodeDecimal(DecimalType type, BigDecimal value) {
        if (value.scale() != type.scale() || value.precision() > type.precision()) {
            throw new IllegalArgumentException("Decimal " + value + " is not a value of " + type);
        }
        byte[] unscaled = reverse(value.unscaledValue().toByteArray());
        return buffer(type, 3 + unscaled.length)
                .put((byte) type.precision())
                .put((byte) type.scale())
                .put((byte) unscaled.length)
                .put(unscaled)
                .array();
    }

    private static byte[] encodeEmbedding(EmbeddingType type, float[] elements) {
        if (elements.length != type.dimension()) {
            throw new IllegalArgumentException("Vector of " + elements.length + " elements is not a value of " + type);
        }
        ByteBuffer buffer =
                buffer(type, Integer.BYTES + elements.length * Float.BYTES).putInt(elements.length);
        for (float element : elements) {
            buffer.putFloat(element);
        }
        return buffer.array();
    }

    private static TaggedValue read(WireReader reader) {
        byte tag = reader.int8("the tag");
        if (tag == NULL_MARKER) {
            return TaggedValue.NULL;
        }
        TypeKind kind = TypeKind.findByTag(tag);
        if (kind == null) {
            throw reader.invalid("unknown tag " + WireReader.hex(tag));
        }
        return switch (kind) {
            case DECIMAL -> readDecimal(reader);
            case EMBEDDING -> readEmbedding(reader);
            case BOOLEAN,
                    SMALLINT,
                    INT,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    TEXT,
                    JSON,
                    BYTES,
                    UUID,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    DATETIME -> new TaggedValue(ScalarType.of(kind), ScalarReader.read(kind, reader));
        };
    }

    private static TaggedValue readDecimal(WireReader reader) {
        DecimalType type = TypeDescriptorCodec.readDecimal(reader);
        int length = reader.unsignedInt8("the DECIMAL length");
        if (length < 1 || length > MAX_DECIMAL_BYTES) {
            throw reader.invalid("DECIMAL length must be between 1 and " + MAX_DECIMAL_BYTES + ", got: " + length);
        }
        BigInteger unscaled = new BigInteger(reverse(reader.bytes(length, "the DECIMAL")));
        if (unscaled.bitLength() / Byte.SIZE + 1 != length) {
            throw reader.invalid("DECIMAL is not in its shortest form");
        }
        BigDecimal value = new BigDecimal(unscaled, type.scale());
        if (value.precision() > type.precision()) {
            throw reader.invalid("DECIMAL of " + value.precision() + " digits exceeds precision " + type.precision());
        }
        return new TaggedValue(type, value);
    }

    private static TaggedValue readEmbedding(WireReader reader) {
        EmbeddingType type = TypeDescriptorCodec.readEmbedding(reader);
        reader.require((long) type.dimension() * Float.BYTES, "the EMBEDDING");
        float[] elements = new float[type.dimension()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = Float.intBitsToFloat(reader.int32("the EMBEDDING"));
            if (!Float.isFinite(elements[i])) {
                throw reader.invalid("EMBEDDING elements must be finite, element " + (i + 1) + " is " + elements[i]);
            }
        }
        return new TaggedValue(type, elements);
    }

    private static byte[] reverse(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }
}
