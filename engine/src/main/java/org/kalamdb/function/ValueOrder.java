// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.util.Comparator;
import java.util.UUID;

/**
 * The order of values of one type, the same as that of keys in storage: text by code points, which is the order of its
 * UTF-8 bytes, UUIDs by their bytes, both zeros of floating point as equal, everything else as Java has it. Immutable.
 */
public enum ValueOrder implements Comparator<Object> {
    INSTANCE;

    @Override
    @SuppressWarnings("unchecked")
    public int compare(Object left, Object right) {
        if (left instanceof String text) {
            return compareTexts(text, (String) right);
        }
        if (left instanceof UUID uuid) {
            return compareUuids(uuid, (UUID) right);
        }
        if (left instanceof Double number) {
            return compareNumbers(number, (Double) right);
        }
        if (left instanceof Float number) {
            return compareNumbers(number, (Float) right);
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    /** Less than, equal to or greater than 0: what is not a number comes last, and equals itself. */
    public static int compareNumbers(double left, double right) {
        return Numbers.compare(left, right);
    }

    /** Less than, equal to or greater than 0: by the first code point that differs. */
    public static int compareTexts(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                // Surrogates stand for code points above all others, but lie below U+E000 in UTF-16.
                return Character.isSurrogate(a) == Character.isSurrogate(b) ? a - b : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return left.length() - right.length();
    }

    /** Less than, equal to or greater than 0: by bytes without a sign. */
    public static int compareUuids(UUID left, UUID right) {
        int order = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return order == 0
                ? Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits())
                : order;
    }
}
