// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.exec.kernel.LaneType;

/**
 * What a join joins. Immutable.
 *
 * @param answer what the join answers
 * @param probe the side whose rows look for their matches
 * @param build the side that is held in memory
 * @param probeIsLeft whether the columns of the probing side come first
 * @param keyTypes of the keys of both sides; with none, every row matches every other
 * @param nullsMatch for each key whether NULL is the same as NULL
 * @param residual what pairs must meet besides, over the columns of both sides, or null for nothing
 */
public record JoinDefinition(
        Answer answer,
        Side probe,
        Side build,
        boolean probeIsLeft,
        List<LaneType> keyTypes,
        List<Boolean> nullsMatch,
        @Nullable Expression residual) {

    /** What joins answer. */
    public enum Answer {
        /** Pairs of rows, and the rows without a match of sides that are preserved. */
        PAIRS,
        /** Those rows of the probing side that have a match. */
        MATCHED,
        /** Those rows of the probing side that have none. */
        UNMATCHED,
        /** Those rows of the side that is held that have a match. */
        HELD_MATCHED,
        /** Those rows of the side that is held that have none. */
        HELD_UNMATCHED;

        /** Whether it is rows of the probing side alone. */
        boolean isOfProbe() {
            return this == MATCHED || this == UNMATCHED;
        }

        /** Whether it is rows of the side that is held alone. */
        boolean isOfHeld() {
            return this == HELD_MATCHED || this == HELD_UNMATCHED;
        }
    }

    /** Whether the rows that are held must remember whether they have met one of the other side. */
    boolean notesMatches() {
        return build.preserved() || answer.isOfHeld();
    }

    /**
     * One side.
     *
     * @param types of its columns
     * @param preserved whether its rows without a match are answered too, beside NULLs
     */
    public record Side(List<LaneType> types, List<Expression> keys, boolean preserved) {}
}
