// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Transactions over a versioned key-value store: staged writes, key locks, snapshots, conflicts.
 *
 * <p>Writes are staged on the heap and reach the store as one batch at commit. The library's own pessimistic
 * transactions would stage and lock in native code, which costs several native calls a row, rebuilds its index when a
 * statement is rolled back and cannot delete ranges; here a one-row transaction is one native read, one native write and,
 * at normal durability, the handing over of the log; a savepoint is a mark in an undo list, and a scan can hold still while
 * its statement writes.
 */
@NullMarked
package org.kalamdb.transaction;

import org.jspecify.annotations.NullMarked;
