// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.nio.ByteOrder;
import java.util.UUID;
import org.kalamdb.error.KalamException;

/** Reads the values of types without parameters behind their tags. */
final class ScalarReader {
    private ScalarReader() {}

    static Object read(TypeKind kind, WireReader reader) {
        return switch (kind) {
            case BOOLEAN -> readBoolean(reader);
            case SMALLINT -> reader.int16("the SMALLINT");
            case INT -> reader.int32("the INT");
            case BIGINT -> reader.int64("the BIGINT");
            case FLOAT -> Float.intBitsToFloat(reader.int32("the FLOAT"));
            case DOUBLE -> Double.longBitsToDouble(reader.int64("the DOUBLE"));
            case TEXT -> reader.text("the TEXT");
            case JSON -> readJson(reader);
            case BYTES -> reader.lengthPrefixed("the BYTES");
            case UUID ->
                new UUID(
                        reader.int64("the UUID", ByteOrder.BIG_ENDIAN), reader.int64("the UUID", ByteOrder.BIG_ENDIAN));
            case DATE -> {
                int days = reader.int32("the DATE");
                requireRange(reader, kind, days, Datetimes.MIN_DAYS, Datetimes.MAX_DAYS);
                yield days;
            }
            case TIME -> readMicros(reader, kind, 0, Datetimes.MICROS_PER_DAY - 1);
            case TIMESTAMP, DATETIME -> readMicros(reader, kind, Datetimes.MIN_MICROS, Datetimes.MAX_MICROS);
            case DECIMAL, EMBEDDING -> throw new IllegalArgumentException("Type " + kind + " has parameters");
        };
    }

    private static boolean readBoolean(WireReader reader) {
        byte value = reader.int8("the BOOLEAN");
        if (value != 0 && value != 1) {
            throw reader.invalid("BOOLEAN must be 0x00 or 0x01, got: " + WireReader.hex(value));
        }
        return value == 1;
    }

    private static String readJson(WireReader reader) {
        String text = reader.text("the JSON");
        try {
            return JsonText.validate(text);
        } catch (KalamException e) {
            throw reader.invalid(e.rawMessage());
        }
    }

    private static long readMicros(WireReader reader, TypeKind kind, long min, long max) {
        long micros = reader.int64("the " + kind);
        requireRange(reader, kind, micros, min, max);
        return micros;
    }

    private static void requireRange(WireReader reader, TypeKind kind, long value, long min, long max) {
        if (value < min || value > max) {
            throw reader.invalid(kind + " must be between " + min + " and " + max + ", got: " + value);
        }
    }
}
