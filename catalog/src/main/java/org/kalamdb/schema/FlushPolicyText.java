// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import java.util.regex.Pattern;

/** The grammar of {@link FlushPolicy}'s text form. */
final class FlushPolicyText {
    static final Pattern PATTERN =
            Pattern.compile("\\s*(?:rows\\s*:\\s*(?<rows>\\d+)(?:\\s*,\\s*interval\\s*:\\s*(?<seconds>\\d+))?"
                    + "|interval\\s*:\\s*(?<interval>\\d+))\\s*");

    private FlushPolicyText() {}

    /** The digits as a number; one too large for an int is as far out of every range as the largest int. */
    static int number(String digits) {
        return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }
}
