// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.util.Locale;

/** Reads truth values in PostgreSQL's words, in any case, blanks around. */
final class BooleanText {
    private BooleanText() {}

    static boolean parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw ConversionErrors.invalidLiteral("BOOLEAN", text, "true or false");
        };
    }
}
