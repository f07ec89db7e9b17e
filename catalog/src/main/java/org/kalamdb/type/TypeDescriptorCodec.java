// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.kalamdb.error.KalamException;

/**
 * The bytes that describe a type: its {@linkplain TypeKind#tag() tag}, and behind it
 *
 * <ul>
 *   <li>for EMBEDDING the dimension as an unsigned 32-bit little-endian number;
 *   <li>for DECIMAL the precision and the scale, one byte each;
 *   <li>for other types nothing.
 * </ul>
 *
 * <p>Tags above 0x10 are reserved: up to 0xEF for later types, from 0xF0 for versions of the format. Safe for use by
 * several threads.
 */
public final class TypeDescriptorCodec {
    private TypeDescriptorCodec() {}

    /** The bytes of a type, one to five. */
    public static byte[] encode(KalamDataType type) {
        byte tag = type.kind().tag();
        if (type instanceof EmbeddingType embedding) {
            return ByteBuffer.allocate(1 + Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(tag)
                    .putInt(embedding.dimension())
                    .array();
        }
        if (type instanceof DecimalType decimal) {
            return new byte[] {tag, (byte) decimal.precision(), (byte) decimal.scale()};
        }
        return new byte[] {tag};
    }

    /**
     * The type that all of the bytes describe.
     *
     * @throws KalamException INVALID_ENCODING if they describe none, or something follows
     */
    public static KalamDataType decode(byte[] bytes) {
        WireReader reader = new WireReader("type", ByteBuffer.wrap(bytes));
        KalamDataType type = read(reader);
        reader.requireEnd();
        return type;
    }

    /**
     * The type described at the buffer's position, which is moved behind it.
     *
     * @throws KalamException INVALID_ENCODING if there is none; the position is then as it was
     */
    public static KalamDataType decode(ByteBuffer bytes) {
        WireReader reader = new WireReader("type", bytes);
        KalamDataType type = read(reader);
        bytes.position(reader.position());
        return type;
    }

    private static KalamDataType read(WireReader reader) {
        byte tag = reader.int8("the tag");
        TypeKind kind = TypeKind.findByTag(tag);
        if (kind == null) {
            throw reader.invalid("unknown tag " + WireReader.hex(tag));
        }
        return switch (kind) {
            case EMBEDDING -> readEmbedding(reader);
            case DECIMAL -> readDecimal(reader);
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
                    DATETIME -> ScalarType.of(kind);
        };
    }

    static EmbeddingType readEmbedding(WireReader reader) {
        long dimension = reader.unsignedInt32("the EMBEDDING dimension");
        if (dimension < 1 || dimension > EmbeddingType.MAX_DIMENSION) {
            throw reader.invalid(
                    "EMBEDDING dimension must be between 1 and " + EmbeddingType.MAX_DIMENSION + ", got: " + dimension);
        }
        return new EmbeddingType((int) dimension);
    }

    static DecimalType readDecimal(WireReader reader) {
        int precision = reader.unsignedInt8("the DECIMAL precision");
        if (precision < 1 || precision > DecimalType.MAX_PRECISION) {
            throw reader.invalid(
                    "DECIMAL precision must be between 1 and " + DecimalType.MAX_PRECISION + ", got: " + precision);
        }
        int scale = reader.unsignedInt8("the DECIMAL scale");
        if (scale > precision) {
            throw reader.invalid("DECIMAL scale must be between 0 and the precision " + precision + ", got: " + scale);
        }
        return new DecimalType(precision, scale);
    }
}
