// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.util.Locale;
import java.util.TimeZone;

/** Default locale and time zone of the JVM, for tests that must pass under any. */
enum JvmDefaults {
    NEUTRAL(Locale.ROOT, "UTC"),
    /** Where {@code "i".toUpperCase()} is not {@code "I"}, and where offsets have three quarters of an hour. */
    TURKISH_IN_KATHMANDU(new Locale("tr", "TR"), "Asia/Kathmandu"),
    /** Where a wall clock skips an hour in spring, and digits are not ASCII. */
    ARABIC_IN_NEW_YORK(Locale.forLanguageTag("ar-EG-u-nu-arab"), "America/New_York");

    private final Locale locale;
    private final String zone;

    JvmDefaults(Locale locale, String zone) {
        this.locale = locale;
        this.zone = zone;
    }

    /** Sets them until the result is closed. */
    Restore set() {
        Locale oldLocale = Locale.getDefault();
        TimeZone oldZone = TimeZone.getDefault();
        Locale.setDefault(locale);
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        return () -> {
            Locale.setDefault(oldLocale);
            TimeZone.setDefault(oldZone);
        };
    }

    interface Restore extends AutoCloseable {
        @Override
        void close();
    }
}
