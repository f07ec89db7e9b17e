// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.kalamdb.type.IntegerRange;
import org.kalamdb.type.KalamDataType;

/**
 * A named source of numbers. Immutable.
 *
 * @param id its name; sequences have a name space of their own
 * @param objectId what its counter is known by, whatever its name
 * @param type of its numbers: SMALLINT, INT or BIGINT
 * @param start first number given
 * @param increment distance between numbers, not 0
 * @param minimum least number given
 * @param maximum greatest number given
 * @param createdAt when it was created
 */
public record SequenceDefinition(
        TableId id,
        long objectId,
        KalamDataType type,
        long start,
        long increment,
        long minimum,
        long maximum,
        Instant createdAt) {
    public SequenceDefinition {
        requireNonNull(id, "id is null");
        requireNonNull(createdAt, "createdAt is null");
        Names.requireNamespace(id.namespace());
        Names.requireTable(id.name());
        if (increment == 0) {
            throw Definitions.invalid("Invalid sequence " + id + ": INCREMENT BY must not be 0");
        }
        IntegerRange range = rangeOf(id, type);
        if (!range.contains(minimum) || !range.contains(maximum) || minimum > maximum) {
            throw Definitions.invalid("Invalid sequence " + id + ": MINVALUE " + minimum + " and MAXVALUE " + maximum
                    + " are no range of " + type);
        }
        if (start < minimum || start > maximum) {
            throw Definitions.invalid("Invalid sequence " + id + ": START WITH " + start + " is not between MINVALUE "
                    + minimum + " and MAXVALUE " + maximum);
        }
    }

    /** What numbers a sequence of a type may have at most. @throws KalamException INVALID_DEFINITION if they are no whole ones */
    public static IntegerRange rangeOf(TableId id, KalamDataType type) {
        return IntegerRange.of(type)
                .orElseThrow(() -> Definitions.invalid(
                        "Invalid sequence " + id + ": its type must be SMALLINT, INT or BIGINT, got: " + type));
    }

    /** The same under another number. */
    public SequenceDefinition renumbered(long otherObjectId) {
        return new SequenceDefinition(id, otherObjectId, type, start, increment, minimum, maximum, createdAt);
    }
}
