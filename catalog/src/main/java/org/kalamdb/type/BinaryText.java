// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** The text forms of BYTES ({@code \x0aff}) and of UUID, and the sixteen bytes of a UUID. */
final class BinaryText {
    static final int UUID_BYTES = 16;

    private static final HexFormat HEX = HexFormat.of();
    private static final String PREFIX = "\\x";

    private BinaryText() {}

    static String formatBytes(byte[] bytes) {
        return PREFIX + HEX.formatHex(bytes);
    }

    static byte[] parseBytes(String text) {
        String literal = text.strip();
        if (literal.startsWith(PREFIX) || literal.startsWith("\\X")) {
            try {
                return HEX.parseHex(literal, PREFIX.length(), literal.length());
            } catch (IllegalArgumentException e) {
                throw ConversionErrors.invalidLiteral("BYTES", text, "pairs of hexadecimal digits after \\x", e);
            }
        }
        throw ConversionErrors.invalidLiteral("BYTES", text, "\\x and pairs of hexadecimal digits, as in \\x0aff");
    }

    /** With or without hyphens at their places, with or without braces, in any case. */
    static UUID parseUuid(String text) {
        String literal = text.strip();
        if (literal.startsWith("{") && literal.endsWith("}") && literal.length() > 1) {
            literal = literal.substring(1, literal.length() - 1);
        }
        String digits = literal;
        if (literal.length() == 36
                && literal.charAt(8) == '-'
                && literal.charAt(13) == '-'
                && literal.charAt(18) == '-'
                && literal.charAt(23) == '-') {
            digits = literal.substring(0, 8)
                    + literal.substring(9, 13)
                    + literal.substring(14, 18)
                    + literal.substring(19, 23)
                    + literal.substring(24);
        }
        if (digits.length() != 2 * UUID_BYTES || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw ConversionErrors.invalidLiteral(
                    "UUID", text, "32 hexadecimal digits, as in 123e4567-e89b-12d3-a456-426614174000");
        }
        return new UUID(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
    }

    /** The bytes in the order of RFC 4122, which is that of the text. */
    static byte[] uuidToBytes(UUID uuid) {
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    static UUID uuidFromBytes(byte[] bytes) {
        if (bytes.length != UUID_BYTES) {
            throw new KalamException(
                    ErrorCode.INVALID_CAST, "Cannot convert bytes to UUID: expected 16 bytes, got " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
