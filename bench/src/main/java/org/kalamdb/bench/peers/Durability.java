// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.peers;

/** What a commit that has returned survives. */
enum Durability {
    /** A kill of the process, not a loss of power. */
    NORMAL,
    /** A loss of power: the commit has waited for the device. */
    FULL
}
