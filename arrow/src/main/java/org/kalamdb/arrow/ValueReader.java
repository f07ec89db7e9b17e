// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.arrow;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** Reads the values of one vector as the classes that parameters take. Confined to one thread. */
@FunctionalInterface
interface ValueReader {
    /** The value of a row; null for NULL. */
    @Nullable
    Object read(int row);

    /** @throws SQLException SQLSTATE 0A000 for a vector whose values no column holds */
    static ValueReader of(FieldVector vector) throws SQLException {
        ValueReader nonNull = ofValues(vector);
        return row -> vector.isNull(row) ? null : nonNull.read(row);
    }

    private static ValueReader ofValues(FieldVector vector) throws SQLException {
        ArrowType type = vector.getField().getType();
        return switch (type.getTypeID()) {
            case Int -> ofIntegers(vector);
            case Null, Bool, FloatingPoint, Decimal, Binary, LargeBinary, FixedSizeBinary -> vector::getObject;
            case Utf8, LargeUtf8 -> row -> String.valueOf(vector.getObject(row));
            case Date -> ofDates(vector);
            case Time -> ofTimes(vector);
            case Timestamp -> ofTimestamps((TimeStampVector) vector, (ArrowType.Timestamp) type);
            case FixedSizeList, List, LargeList -> row -> floats((List<?>) vector.getObject(row));
            default -> throw unsupported(vector);
        };
    }

    /** Arrow's own objects take the upper half of unsigned numbers for negative ones. */
    private static ValueReader ofIntegers(FieldVector vector) throws SQLException {
        if (vector instanceof UInt8Vector unsigned) {
            return unsigned::getObjectNoOverflow;
        }
        if (vector instanceof BaseIntVector numbers) {
            return numbers::getValueAsLong;
        }
        throw unsupported(vector);
    }

    private static ValueReader ofDates(FieldVector vector) throws SQLException {
        if (vector instanceof DateDayVector days) {
            return row -> LocalDate.ofEpochDay(days.get(row));
        }
        if (vector instanceof DateMilliVector millis) {
            return row -> Instant.ofEpochMilli(millis.get(row))
                    .atOffset(ZoneOffset.UTC)
                    .toLocalDate();
        }
        throw unsupported(vector);
    }

    private static ValueReader ofTimes(FieldVector vector) throws SQLException {
        if (vector instanceof TimeMicroVector micros) {
            return row -> LocalTime.ofNanoOfDay(Math.multiplyExact(micros.get(row), 1_000L));
        }
        if (vector instanceof TimeNanoVector nanos) {
            return row -> LocalTime.ofNanoOfDay(nanos.get(row));
        }
        if (vector instanceof TimeMilliVector millis) {
            return row -> LocalTime.ofNanoOfDay(Math.multiplyExact(millis.get(row), 1_000_000L));
        }
        if (vector instanceof TimeSecVector seconds) {
            return row -> LocalTime.ofSecondOfDay(seconds.get(row));
        }
        throw unsupported(vector);
    }

    private static ValueReader ofTimestamps(TimeStampVector vector, ArrowType.Timestamp type) {
        ChronoUnit unit = unit(type.getUnit());
        if (type.getTimezone() != null) {
            return row -> Instant.EPOCH.plus(vector.get(row), unit).atOffset(ZoneOffset.UTC);
        }
        return row -> LocalDateTime.ofInstant(Instant.EPOCH.plus(vector.get(row), unit), ZoneOffset.UTC);
    }

    private static ChronoUnit unit(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> ChronoUnit.SECONDS;
            case MILLISECOND -> ChronoUnit.MILLIS;
            case MICROSECOND -> ChronoUnit.MICROS;
            case NANOSECOND -> ChronoUnit.NANOS;
        };
    }

    private static Object floats(List<?> elements) {
        float[] floats = new float[elements.size()];
        for (int i = 0; i < floats.length; i++) {
            if (!(elements.get(i) instanceof Number number)) {
                // No vector; the database says so.
                return elements;
            }
            floats[i] = number.floatValue();
        }
        return floats;
    }

    private static SQLException unsupported(FieldVector vector) {
        return new SQLFeatureNotSupportedException(
                "Cannot insert field " + vector.getField().getName() + ": no column holds values of "
                        + vector.getField().getType(),
                "0A000");
    }
}
