// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * Reads little-endian bytes that may be anything. Every length is checked against what is left before memory is taken
 * for it, and every fault is an INVALID_ENCODING that says at which byte. Confined to one thread.
 */
final class WireReader {
    private final String what;
    private final ByteBuffer bytes;
    private final int start;

    /**
     * @param what what is read, for messages
     * @param bytes read from its position to its limit; its position is not moved
     */
    WireReader(String what, ByteBuffer bytes) {
        this.what = what;
        this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.start = bytes.position();
    }

    /** Position in the buffer, absolute. */
    int position() {
        return bytes.position();
    }

    byte int8(String part) {
        require(Byte.BYTES, part);
        return bytes.get();
    }

    int unsignedInt8(String part) {
        return Byte.toUnsignedInt(int8(part));
    }

    short int16(String part) {
        require(Short.BYTES, part);
        return bytes.getShort();
    }

    int int32(String part) {
        require(Integer.BYTES, part);
        return bytes.getInt();
    }

    long unsignedInt32(String part) {
        return Integer.toUnsignedLong(int32(part));
    }

    long int64(String part) {
        require(Long.BYTES, part);
        return bytes.getLong();
    }

    /** @param order the order of the number, whatever that of the rest */
    long int64(String part, ByteOrder order) {
        long value = int64(part);
        return order == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value);
    }

    byte[] bytes(long length, String part) {
        require(length, part);
        byte[] result = new byte[(int) length];
        bytes.get(result);
        return result;
    }

    /** A u32 length and as many bytes. */
    byte[] lengthPrefixed(String part) {
        return bytes(unsignedInt32("the length of " + part), part);
    }

    /** A u32 length and as many bytes of UTF-8. */
    String text(String part) {
        int lengthPosition = bytes.position();
        byte[] utf8 = lengthPrefixed(part);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid(lengthPosition + Integer.BYTES, part + " is not valid UTF-8");
        }
    }

    /** Checks that as many bytes are left. */
    void require(long length, String part) {
        if (length > bytes.remaining()) {
            throw invalid(
                    bytes.position(),
                    "unexpected end, " + part + " needs " + length + (length == 1 ? " byte" : " bytes") + ", "
                            + bytes.remaining() + " left");
        }
    }

    void requireEnd() {
        if (bytes.hasRemaining()) {
            throw invalid(bytes.position(), bytes.remaining() + " bytes after the end");
        }
    }

    /** An error at the byte read last. */
    KalamException invalid(String reason) {
        return invalid(Math.max(start, bytes.position() - 1), reason);
    }

    private KalamException invalid(int position, String reason) {
        return new KalamException(
                ErrorCode.INVALID_ENCODING,
                "Invalid " + what + " encoding at byte " + (position - start) + ": " + reason);
    }

    /** For messages: {@code 0x0D}. */
    static String hex(byte value) {
        return String.format(Locale.ROOT, "0x%02X", value);
    }
}
