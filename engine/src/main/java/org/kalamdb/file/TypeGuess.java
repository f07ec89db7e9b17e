// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.util.List;
import java.util.regex.Pattern;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/**
 * Finds the narrowest type that holds the texts of a column without loss: BOOLEAN, BIGINT, DOUBLE, DATE, TIME, TIMESTAMP or
 * DATETIME, else TEXT. Confined to one thread.
 */
final class TypeGuess {
    private static final String NUMBER = "-?(0|[1-9][0-9]*)";
    private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String CLOCK = "[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?";

    /** In the order in which they are preferred; a type that follows may hold what one before it holds. */
    private static final List<Candidate> CANDIDATES = List.of(
            new Candidate(KalamDataType.BOOLEAN, "(?i)true|false"),
            // A zero in front means something: a postal code, a part number.
            new Candidate(KalamDataType.BIGINT, NUMBER),
            new Candidate(KalamDataType.DOUBLE, NUMBER + "(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?"),
            new Candidate(KalamDataType.DATE, DAY),
            new Candidate(KalamDataType.TIME, CLOCK),
            new Candidate(KalamDataType.TIMESTAMP, DAY + "([ T]" + CLOCK + ")?"),
            new Candidate(KalamDataType.DATETIME, DAY + "[ T]" + CLOCK + "(Z|[+-][0-9]{2}(:?[0-9]{2})?)"));
    /** A DOUBLE has no more digits that are sure. */
    private static final int SURE_DIGITS = 17;

    private boolean seen;
    private int possible = (1 << CANDIDATES.size()) - 1;

    private record Candidate(KalamDataType type, Pattern form) {
        Candidate(KalamDataType type, String form) {
            this(type, Pattern.compile(form));
        }

        boolean holds(String text) {
            if (!form.matcher(text).matches()) {
                return false;
            }
            if (type == KalamDataType.DOUBLE) {
                return text.chars().filter(Character::isDigit).count() <= SURE_DIGITS;
            }
            try {
                StoredValues.parse(type, text);
                return true;
            } catch (KalamException e) {
                return false;
            }
        }
    }

    void add(String text) {
        seen = true;
        for (int i = 0; i < CANDIDATES.size(); i++) {
            if (isPossible(i) && !CANDIDATES.get(i).holds(text)) {
                possible &= ~(1 << i);
            }
        }
    }

    private boolean isPossible(int candidate) {
        return (possible >> candidate & 1) != 0;
    }

    /** TEXT if there was no value. */
    KalamDataType type() {
        if (seen) {
            for (int i = 0; i < CANDIDATES.size(); i++) {
                if (isPossible(i)) {
                    return CANDIDATES.get(i).type();
                }
            }
        }
        return KalamDataType.TEXT;
    }

    /** Whether all values seen and this one have a type narrower than TEXT in common. */
    boolean wouldAccept(String text) {
        for (int i = 0; i < CANDIDATES.size(); i++) {
            if (isPossible(i) && CANDIDATES.get(i).holds(text)) {
                return true;
            }
        }
        return false;
    }
}
