// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** What EXTRACT takes from a datetime and what FLOOR, CEIL and DATE_TRUNC cut to. */
public enum DatetimeField {
    MILLENNIUM,
    CENTURY,
    DECADE,
    YEAR,
    /** Year of the ISO week. */
    ISOYEAR,
    QUARTER,
    MONTH,
    /** ISO week, from Monday. */
    WEEK,
    DAY,
    /** Day of the year. */
    DOY,
    /** Day of the week. */
    DOW,
    /** ISO day of the week. */
    ISODOW,
    HOUR,
    MINUTE,
    SECOND,
    MILLISECOND,
    MICROSECOND,
    NANOSECOND,
    /** Seconds since 1970-01-01T00:00. */
    EPOCH;

    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("MILLENNIA", "MILLENNIUM"),
            Map.entry("CENTURIES", "CENTURY"),
            Map.entry("DAYOFYEAR", "DOY"),
            Map.entry("DAYOFWEEK", "DOW"),
            Map.entry("MS", "MILLISECOND"),
            Map.entry("US", "MICROSECOND"));

    /**
     * The field of that name in any case, also in the plural.
     *
     * @throws KalamException INVALID_PARAMETER if there is none
     */
    public static DatetimeField parse(String name) {
        String upper = name.strip().toUpperCase(Locale.ROOT);
        String alias = ALIASES.getOrDefault(upper, upper);
        for (DatetimeField field : values()) {
            if (alias.equals(field.name()) || alias.equals(field.name() + "S")) {
                return field;
            }
        }
        throw new KalamException(
                ErrorCode.INVALID_PARAMETER,
                "Invalid datetime unit: use one such as 'year', 'month', 'day' or 'hour', got: '" + name + "'");
    }

    /**
     * The field that Calcite's {@code unit} names.
     *
     * @throws KalamException NOT_SUPPORTED for a range of units
     */
    public static DatetimeField of(TimeUnitRange unit) {
        for (DatetimeField field : values()) {
            if (field.name().equals(unit.name())) {
                return field;
            }
        }
        throw new KalamException(
                ErrorCode.NOT_SUPPORTED, "Unsupported datetime unit " + unit + "; use a single one such as DAY");
    }
}
