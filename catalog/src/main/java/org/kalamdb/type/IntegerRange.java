// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.util.Locale;
import java.util.Optional;

/**
 * A range of whole numbers and whose it is. Immutable.
 *
 * @param name SQL type or Java class that has it, for messages
 * @param min smallest value
 * @param max largest value
 */
public record IntegerRange(String name, long min, long max) {
    static final IntegerRange BYTE = new IntegerRange("Byte", Byte.MIN_VALUE, Byte.MAX_VALUE);
    static final IntegerRange SMALLINT = new IntegerRange("SMALLINT", Short.MIN_VALUE, Short.MAX_VALUE);
    static final IntegerRange INT = new IntegerRange("INT", Integer.MIN_VALUE, Integer.MAX_VALUE);
    static final IntegerRange BIGINT = new IntegerRange("BIGINT", Long.MIN_VALUE, Long.MAX_VALUE);

    /** The range of a type; empty if its values are no whole numbers. */
    public static Optional<IntegerRange> of(KalamDataType type) {
        return switch (type.kind()) {
            case SMALLINT -> Optional.of(SMALLINT);
            case INT -> Optional.of(INT);
            case BIGINT -> Optional.of(BIGINT);
            default -> Optional.empty();
        };
    }

    /** Whether a value is in it. */
    public boolean contains(long value) {
        return min <= value && value <= max;
    }

    /** For messages: {@code -32,768 to 32,767}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d to %,d", min, max);
    }
}
