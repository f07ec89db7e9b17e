// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.ColumnReference;
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
 * @param looksAhead whether some rows of the probing side are read first, as they may be few and the others are many
 */
public record JoinDefinition(
        Answer answer,
        Side probe,
        Side build,
        boolean probeIsLeft,
        List<LaneType> keyTypes,
        List<Boolean> nullsMatch,
        @Nullable Expression residual,
        boolean looksAhead) {

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

        /** What it is if the sides are exchanged. */
        Answer exchanged() {
            return switch (this) {
                case PAIRS -> PAIRS;
                case MATCHED -> HELD_MATCHED;
                case UNMATCHED -> HELD_UNMATCHED;
                case HELD_MATCHED -> MATCHED;
                case HELD_UNMATCHED -> UNMATCHED;
            };
        }

        /** Whether it is rows of the probing side alone. */
        boolean isOfProbe() {
            return this == MATCHED || this == UNMATCHED;
        }

        /** Whether it is rows of the side that is held alone. */
        boolean isOfHeld() {
            return this == HELD_MATCHED || this == HELD_UNMATCHED;
        }
    }

    /** The same join with its sides exchanged, as far as filters are concerned. */
    JoinDefinition exchanged() {
        return new JoinDefinition(
                answer.exchanged(), build, probe, !probeIsLeft, keyTypes, nullsMatch, residual, looksAhead);
    }

    /** Whether rows of the probing side without a match are neither answered nor change what is. */
    boolean dropsUnmatchedProbeRows() {
        return answer == Answer.PAIRS ? !probe.preserved() : answer != Answer.UNMATCHED;
    }

    /**
     * The column of the probing side in which rows can be filtered by a column of the answer, or -1: either the same column, or
     * the key that it is equal to. A side whose rows without a match are answered beside NULLs needs all rows of the other one.
     */
    int filteredProbeColumn(int column) {
        return filteredColumn(probe, probeColumn(column), build, buildColumn(column));
    }

    /** As {@link #filteredProbeColumn}, of the side that is held. */
    int filteredBuildColumn(int column) {
        return filteredColumn(build, buildColumn(column), probe, probeColumn(column));
    }

    /** @param own the column of that side which the column of the answer is, or -1 @param others that of the other side */
    private static int filteredColumn(Side side, int own, Side other, int others) {
        if (own >= 0) {
            return other.preserved ? -1 : own;
        }
        return side.preserved ? -1 : equalColumn(other, others, side);
    }

    /** The column of one side that has the key which a column of the other one is, or -1. */
    private static int equalColumn(Side of, int column, Side in) {
        for (int k = 0; k < of.keys.size(); k++) {
            if (of.keys.get(k) instanceof ColumnReference known
                    && known.column() == column
                    && in.keys.get(k) instanceof ColumnReference equal) {
                return equal.column();
            }
        }
        return -1;
    }

    /** The column of the probing side that a column of the answer is, or -1. */
    private int probeColumn(int column) {
        int place = answer == Answer.PAIRS && !probeIsLeft ? column - build.types.size() : column;
        return !answer.isOfHeld() && place >= 0 && place < probe.types.size() ? place : -1;
    }

    /** The column of the side that is held which a column of the answer is, or -1. */
    private int buildColumn(int column) {
        int place = answer == Answer.PAIRS && probeIsLeft ? column - probe.types.size() : column;
        return !answer.isOfProbe() && place >= 0 && place < build.types.size() ? place : -1;
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
