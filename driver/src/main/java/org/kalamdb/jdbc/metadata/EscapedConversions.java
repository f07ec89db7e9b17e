// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.metadata;

import java.sql.Types;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which types of JDBC the escape {@code {fn CONVERT(value, SQL_TYPE)}} converts to which. Immutable. */
final class EscapedConversions {
    /** What can be converted to the same. */
    private enum Kind {
        TRUTH,
        NUMBER,
        TEXT,
        BYTES,
        DATE,
        TIME,
        TIMESTAMP,
        /** EMBEDDING, which only text is made of. */
        ARRAY
    }

    /** Types that have a name in the escape. */
    private static final Map<Integer, Kind> TARGETS = Map.ofEntries(
            Map.entry(Types.BOOLEAN, Kind.TRUTH),
            Map.entry(Types.SMALLINT, Kind.NUMBER),
            Map.entry(Types.INTEGER, Kind.NUMBER),
            Map.entry(Types.BIGINT, Kind.NUMBER),
            Map.entry(Types.REAL, Kind.NUMBER),
            Map.entry(Types.FLOAT, Kind.NUMBER),
            Map.entry(Types.DOUBLE, Kind.NUMBER),
            Map.entry(Types.DECIMAL, Kind.NUMBER),
            Map.entry(Types.NUMERIC, Kind.NUMBER),
            Map.entry(Types.CHAR, Kind.TEXT),
            Map.entry(Types.VARCHAR, Kind.TEXT),
            Map.entry(Types.BINARY, Kind.BYTES),
            Map.entry(Types.VARBINARY, Kind.BYTES),
            Map.entry(Types.DATE, Kind.DATE),
            Map.entry(Types.TIME, Kind.TIME),
            Map.entry(Types.TIMESTAMP, Kind.TIMESTAMP));

    /** Types of values that have none; a UUID, whose type is OTHER, is sixteen bytes. */
    private static final Map<Integer, Kind> OTHER_SOURCES =
            Map.of(Types.OTHER, Kind.BYTES, Types.TIMESTAMP_WITH_TIMEZONE, Kind.TIMESTAMP, Types.ARRAY, Kind.ARRAY);

    private EscapedConversions() {}

    /** @param fromType of {@link Types} @param toType of {@link Types} */
    static boolean isSupported(int fromType, int toType) {
        Kind from = TARGETS.getOrDefault(fromType, OTHER_SOURCES.get(fromType));
        Kind to = TARGETS.get(toType);
        return from != null && to != null && targets(from).contains(to);
    }

    private static Set<Kind> targets(Kind from) {
        return switch (from) {
            case TRUTH, NUMBER -> EnumSet.of(Kind.TRUTH, Kind.NUMBER, Kind.TEXT);
            case TEXT -> EnumSet.complementOf(EnumSet.of(Kind.ARRAY));
            case BYTES -> EnumSet.of(Kind.BYTES, Kind.TEXT);
            case DATE -> EnumSet.of(Kind.DATE, Kind.TIMESTAMP, Kind.TEXT);
            case TIME -> EnumSet.of(Kind.TIME, Kind.TIMESTAMP, Kind.TEXT);
            case TIMESTAMP -> EnumSet.of(Kind.DATE, Kind.TIME, Kind.TIMESTAMP, Kind.TEXT);
            case ARRAY -> EnumSet.of(Kind.TEXT);
        };
    }
}
