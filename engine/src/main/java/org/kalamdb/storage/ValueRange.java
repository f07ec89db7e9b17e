// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

/**
 * Whole numbers between which the values of a column lie, NULLs aside. Immutable.
 *
 * @param hasNulls whether some rows may be NULL
 */
public record ValueRange(long least, long greatest, boolean hasNulls) {
    /** Between which numbers these values and others lie. */
    ValueRange and(ValueRange other) {
        return new ValueRange(
                Math.min(least, other.least), Math.max(greatest, other.greatest), hasNulls || other.hasNulls);
    }
}
