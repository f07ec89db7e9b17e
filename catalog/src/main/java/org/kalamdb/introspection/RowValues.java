// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Stored values of what definitions hold. */
final class RowValues {
    private RowValues() {}

    /** Microseconds since 1970-01-01, as TIMESTAMP stores them. */
    static Long timestamp(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), TimeUnit.SECONDS.toMicros(1)),
                TimeUnit.NANOSECONDS.toMicros(instant.getNano()));
    }

    static String yesNo(boolean value) {
        return value ? "YES" : "NO";
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
