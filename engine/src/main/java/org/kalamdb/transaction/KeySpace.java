// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

/**
 * An ordered set of keys of its own. One transaction reads, locks and writes keys of any of them, and its commit is one
 * batch over all. Their order is part of what is stored: new ones come last.
 */
public enum KeySpace {
    /** Rows by row key. Whoever changes a row, wherever its other parts lie, locks its key here. */
    ROWS,
    /** Entries of secondary indexes. */
    INDEXES,
    /** What is known of files of rows: which there are, and which of their rows are gone. */
    SEGMENTS,
    /** Rows that were deleted and are kept for a while, by row key. Whoever changes one has locked its key in ROWS. */
    TOMBSTONES,
    /** When rows of STREAM tables arrived, by table and time. Whoever changes one has locked the row's key in ROWS. */
    ARRIVALS,
    /** What prepared transactions have written and locked, by the names they were prepared under. */
    PREPARED
}
