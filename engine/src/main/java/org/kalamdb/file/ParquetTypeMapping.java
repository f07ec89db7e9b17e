// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.UUID;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/**
 * What the values of a primitive Parquet column are here, whoever wrote it. Immutable.
 *
 * @param type their type, or null if there is none
 * @param decoding makes stored values; null without a type
 * @param unsupported why there is no type; empty if there is one
 */
record ParquetTypeMapping(
        @Nullable KalamDataType type, @Nullable ParquetDecoding decoding, String unsupported) {
    private static final long MIN_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long MAX_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int UNSIGNED_LONG_DIGITS = 20;

    static ParquetTypeMapping of(SchemaElement element) {
        LogicalType logical = element.getLogicalType();
        ConvertedType converted = element.getConverted_type();
        if (converted == ConvertedType.DECIMAL || logical != null && logical.isSetDECIMAL()) {
            return decimal(element);
        }
        return switch (element.getType()) {
            case BOOLEAN -> readable(KalamDataType.BOOLEAN, ValuesReader::readBoolean);
            case INT32 -> ofInt(logical, converted);
            case INT64 -> ofLong(logical, converted);
            case INT96 ->
                unsupported("INT96 is an old form of time stamps that is not supported; write it as TIMESTAMP");
            case FLOAT -> readable(KalamDataType.FLOAT, ValuesReader::readFloat);
            case DOUBLE -> readable(KalamDataType.DOUBLE, ValuesReader::readDouble);
            case BYTE_ARRAY -> ofBytes(logical, converted);
            case FIXED_LEN_BYTE_ARRAY -> ofFixed(logical, converted);
        };
    }

    private static ParquetTypeMapping readable(KalamDataType type, ParquetDecoding decoding) {
        return new ParquetTypeMapping(type, decoding, "");
    }

    private static ParquetTypeMapping unsupported(String reason) {
        return new ParquetTypeMapping(null, null, reason);
    }

    private static ParquetTypeMapping ofInt(@Nullable LogicalType logical, @Nullable ConvertedType converted) {
        if (converted == ConvertedType.DATE || logical != null && logical.isSetDATE()) {
            return readable(KalamDataType.DATE, values -> day(values.readInteger()));
        }
        if (converted == ConvertedType.TIME_MILLIS || logical != null && logical.isSetTIME()) {
            return readable(KalamDataType.TIME, values -> values.readInteger() * 1000L);
        }
        if (isInteger(logical, converted, 8, true, ConvertedType.INT_8)
                || isInteger(logical, converted, 16, true, ConvertedType.INT_16)
                || isInteger(logical, converted, 8, false, ConvertedType.UINT_8)) {
            return readable(KalamDataType.SMALLINT, values -> (short) values.readInteger());
        }
        if (isInteger(logical, converted, 32, false, ConvertedType.UINT_32)) {
            return readable(KalamDataType.BIGINT, values -> Integer.toUnsignedLong(values.readInteger()));
        }
        return readable(KalamDataType.INT, ValuesReader::readInteger);
    }

    private static boolean isInteger(
            @Nullable LogicalType logical,
            @Nullable ConvertedType converted,
            int bits,
            boolean signed,
            ConvertedType asConverted) {
        return logical != null && logical.isSetINTEGER()
                ? logical.getINTEGER().getBitWidth() == bits
                        && logical.getINTEGER().isIsSigned() == signed
                : converted == asConverted;
    }

    private static ParquetTypeMapping ofLong(@Nullable LogicalType logical, @Nullable ConvertedType converted) {
        if (logical != null && logical.isSetTIMESTAMP()) {
            TimeUnit unit = logical.getTIMESTAMP().getUnit();
            KalamDataType type =
                    logical.getTIMESTAMP().isIsAdjustedToUTC() ? KalamDataType.DATETIME : KalamDataType.TIMESTAMP;
            return readable(type, values -> moment(micros(values.readLong(), unit)));
        }
        if (logical != null && logical.isSetTIME()) {
            TimeUnit unit = logical.getTIME().getUnit();
            return readable(KalamDataType.TIME, values -> timeOfDay(micros(values.readLong(), unit)));
        }
        if (converted == ConvertedType.TIMESTAMP_MICROS) {
            return readable(KalamDataType.DATETIME, values -> moment(values.readLong()));
        }
        if (converted == ConvertedType.TIMESTAMP_MILLIS) {
            return readable(KalamDataType.DATETIME, values -> moment(Math.multiplyExact(values.readLong(), 1000L)));
        }
        if (converted == ConvertedType.TIME_MICROS) {
            return readable(KalamDataType.TIME, values -> timeOfDay(values.readLong()));
        }
        if (isInteger(logical, converted, 64, false, ConvertedType.UINT_64)) {
            return readable(
                    new DecimalType(UNSIGNED_LONG_DIGITS, 0),
                    values -> new BigDecimal(Long.toUnsignedString(values.readLong())));
        }
        return readable(KalamDataType.BIGINT, ValuesReader::readLong);
    }

    /** Nanoseconds are rounded to microseconds, which is what time stamps hold. */
    private static long micros(long value, TimeUnit unit) {
        if (unit.isSetMILLIS()) {
            return Math.multiplyExact(value, 1000L);
        }
        return unit.isSetNANOS() ? Math.floorDiv(Math.addExact(value, 500L), 1000L) : value;
    }

    private static ParquetTypeMapping ofBytes(@Nullable LogicalType logical, @Nullable ConvertedType converted) {
        if (converted == ConvertedType.JSON || logical != null && logical.isSetJSON()) {
            return readable(
                    KalamDataType.JSON,
                    values -> StoredValues.parse(
                            KalamDataType.JSON, values.readBytes().toStringUsingUTF8()));
        }
        boolean text = converted == ConvertedType.UTF8
                || converted == ConvertedType.ENUM
                || logical != null && (logical.isSetSTRING() || logical.isSetENUM());
        return text
                ? readable(KalamDataType.TEXT, values -> values.readBytes().toStringUsingUTF8())
                : readable(KalamDataType.BYTES, values -> values.readBytes().getBytes());
    }

    private static ParquetTypeMapping ofFixed(@Nullable LogicalType logical, @Nullable ConvertedType converted) {
        if (logical != null && logical.isSetUUID()) {
            return readable(KalamDataType.UUID, values -> uuid(values.readBytes()));
        }
        if (converted == ConvertedType.INTERVAL) {
            return unsupported("INTERVAL is not supported; write it as a number or as text");
        }
        if (logical != null && logical.isSetFLOAT16()) {
            return unsupported("FLOAT16 is not supported; write it as FLOAT");
        }
        return readable(KalamDataType.BYTES, values -> values.readBytes().getBytes());
    }

    private static UUID uuid(Binary bytes) {
        ByteBuffer buffer = bytes.toByteBuffer();
        return new UUID(buffer.getLong(buffer.position()), buffer.getLong(buffer.position() + Long.BYTES));
    }

    private static ParquetTypeMapping decimal(SchemaElement element) {
        LogicalType logical = element.getLogicalType();
        boolean annotated = logical != null && logical.isSetDECIMAL();
        int precision = annotated ? logical.getDECIMAL().getPrecision() : element.getPrecision();
        int scale = annotated ? logical.getDECIMAL().getScale() : element.getScale();
        if (!DecimalType.isValid(precision, scale)) {
            return unsupported("DECIMAL(" + precision + ", " + scale + ") has more digits than are supported");
        }
        DecimalType type = new DecimalType(precision, scale);
        return switch (element.getType()) {
            case INT32 -> readable(type, values -> BigDecimal.valueOf(values.readInteger(), scale));
            case INT64 -> readable(type, values -> BigDecimal.valueOf(values.readLong(), scale));
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
                readable(
                        type,
                        values ->
                                new BigDecimal(new BigInteger(values.readBytes().getBytes()), scale));
            case BOOLEAN, INT96, FLOAT, DOUBLE -> unsupported("a decimal cannot be stored as " + element.getType());
        };
    }

    private static Object day(int day) {
        if (day < MIN_DAY || day > MAX_DAY) {
            throw outOfRange("date " + day + " days after 1970-01-01");
        }
        return day;
    }

    private static Object moment(long micros) {
        long day = Math.floorDiv(micros, MICROS_PER_DAY);
        if (day < MIN_DAY || day > MAX_DAY) {
            throw outOfRange("time stamp " + micros + " microseconds after 1970-01-01");
        }
        return micros;
    }

    private static Object timeOfDay(long micros) {
        if (micros < 0 || micros >= MICROS_PER_DAY) {
            throw outOfRange("time " + micros + " microseconds after midnight");
        }
        return micros;
    }

    private static KalamException outOfRange(String value) {
        return new KalamException(
                ErrorCode.INVALID_DATETIME, "Invalid " + value + ": out of range, years are 0001 to 9999");
    }
}
