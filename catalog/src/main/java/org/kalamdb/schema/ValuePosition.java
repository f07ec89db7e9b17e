// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.kalamdb.type.KalamDataType;

/**
 * Where a value stands on a line of numbers, so that the planner can say which part of a range lies before it. The order of
 * positions is that of values, but different values may have one position.
 */
public final class ValuePosition {
    /** More bytes than a double tells apart. */
    private static final int MAX_TEXT_BYTES = 7;

    private static final double BYTE_VALUES = 256;

    private ValuePosition() {}

    /**
     * The position of a stored value: numbers are their own, days and microseconds are counted from 1970, and text is a
     * fraction of its first bytes.
     *
     * @return NaN if values of the type have no order that ranges follow
     */
    public static double of(KalamDataType type, Object stored) {
        return switch (type.kind()) {
            case BOOLEAN -> (Boolean) stored ? 1 : 0;
            case SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, DATE, TIME, TIMESTAMP, DATETIME ->
                ((Number) stored).doubleValue();
            case TEXT -> ofText((String) stored);
            case BYTES, UUID, JSON, EMBEDDING -> Double.NaN;
        };
    }

    /** The position of a text. */
    public static double ofText(String text) {
        String start = text.length() > MAX_TEXT_BYTES ? text.substring(0, MAX_TEXT_BYTES) : text;
        byte[] bytes = start.getBytes(UTF_8);
        double position = 0;
        double unit = 1;
        for (int i = 0; i < Math.min(bytes.length, MAX_TEXT_BYTES); i++) {
            unit /= BYTE_VALUES;
            position += (bytes[i] & 0xff) * unit;
        }
        return position;
    }
}
