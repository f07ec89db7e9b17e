// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.resource.MemoryBudget;

/** Sizes of memory as text: a number of bytes, or a number and kB, MB or GB. */
public final class MemorySize {
    /** What is allowed, as it follows "must be". */
    public static final String ALLOWED = "a number of bytes of at least 1MB, or a number and kB, MB or GB";

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?(b|kb|mb|gb)?");

    private MemorySize() {}

    /** The number of bytes, or null if the text is no size or one below 1 MB. */
    public static @Nullable Long parse(String text) {
        Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return null;
        }
        String unit = matcher.group(2);
        long number = Long.parseLong(matcher.group(1));
        int shift = unit == null || unit.equals("b") ? 0 : unit.equals("kb") ? 10 : unit.equals("mb") ? 20 : 30;
        boolean fits = number <= Long.MAX_VALUE >> shift;
        if (!fits || number << shift < MemoryBudget.MIN_LIMIT_BYTES) {
            return null;
        }
        return number << shift;
    }

    /** In the largest unit of which it is a whole number. */
    public static String format(long bytes) {
        if (bytes % (1L << 30) == 0) {
            return (bytes >> 30) + "GB";
        }
        if (bytes % (1L << 20) == 0) {
            return (bytes >> 20) + "MB";
        }
        return bytes % (1L << 10) == 0 ? (bytes >> 10) + "kB" : Long.toString(bytes);
    }
}
