// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.runtime.SqlFunctions;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Functions over TEXT and BYTES that the standard table lacks. Called by generated code. */
public final class TextFunctions {
    private static final HexFormat HEX = HexFormat.of();

    private TextFunctions() {}

    /** {@code text} without blanks at both ends. */
    public static String trimBlanks(String text) {
        return trimCharacters(text, " ");
    }

    /** {@code text} without any of {@code characters} at both ends. */
    public static String trimCharacters(String text, String characters) {
        int start = 0;
        int end = text.length();
        while (start < end && characters.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && characters.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Where {@code part} is first found, 0 if nowhere. */
    public static int positionInText(String text, String part) {
        return Characters.position(part, text);
    }

    public static int positionInBytes(ByteString bytes, ByteString part) {
        return bytes.indexOf(part) + 1;
    }

    /** In how many of the four characters of their SOUNDEX two texts agree; a text without letters agrees with none. */
    public static int difference(String text, String other) {
        String sound = SqlFunctions.soundex(text);
        String otherSound = SqlFunctions.soundex(other);
        return (int) IntStream.range(0, Math.min(sound.length(), otherSound.length()))
                .filter(i -> sound.charAt(i) == otherSound.charAt(i))
                .count();
    }

    /** Number of bytes in UTF-8. */
    public static int octetLengthOfText(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    public static int octetLengthOfBytes(ByteString bytes) {
        return bytes.length();
    }

    /** Lower-case hexadecimal digits of a number in two's complement, without leading zeros. */
    public static String numberToHex(long number) {
        return Long.toHexString(number);
    }

    public static String bytesToHex(ByteString bytes) {
        return HEX.formatHex(bytes.getBytes());
    }

    /** The hexadecimal digits of the text's UTF-8 bytes. */
    public static String textToHex(String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param format hex or base64 */
    public static String encode(ByteString bytes, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> HEX.formatHex(bytes.getBytes());
            case "base64" -> Base64.getEncoder().encodeToString(bytes.getBytes());
            default -> throw unknownFormat(format);
        };
    }

    public static ByteString decode(String text, String format) {
        try {
            return new ByteString(
                    switch (format.toLowerCase(Locale.ROOT)) {
                        case "hex" -> HEX.parseHex(text);
                        case "base64" -> Base64.getMimeDecoder().decode(text);
                        default -> throw unknownFormat(format);
                    });
        } catch (IllegalArgumentException e) {
            throw new KalamException(ErrorCode.INVALID_LITERAL, "Invalid " + format + " text: " + e.getMessage(), e);
        }
    }

    private static KalamException unknownFormat(String format) {
        return new KalamException(
                ErrorCode.INVALID_PARAMETER, "Invalid encoding: use 'hex' or 'base64', got: '" + format + "'");
    }
}
