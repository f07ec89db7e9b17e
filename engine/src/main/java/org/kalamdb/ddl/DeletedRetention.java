// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kalamdb.schema.StorageSettings;

/** How long a table keeps deleted rows, as CREATE TABLE and ALTER TABLE say it. */
final class DeletedRetention {
    static final String OPTION = "DELETED_RETENTION";
    static final String OPTION_IN_HOURS = "DELETED_RETENTION_HOURS";
    static final String RULE = "it must be hours such as '12h', days such as '7d', '0' or 'off'";

    private static final int HOURS_PER_DAY = 24;
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,6}) *([hd])");

    private DeletedRetention() {}

    /** The hours that a text means; empty if it means nothing. */
    static OptionalInt hours(String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (value.equals("off")) {
            return OptionalInt.of(StorageSettings.KEPT_FOR_EVER);
        }
        if (value.equals("0")) {
            return OptionalInt.of(0);
        }
        Matcher amount = AMOUNT.matcher(value);
        if (!amount.matches()) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(amount.group(1));
        return OptionalInt.of(amount.group(2).equals("d") ? HOURS_PER_DAY * number : number);
    }
}
