// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

/** What others may do with a key that is locked. */
public enum LockMode {
    /** They may lock it in this mode too. */
    SHARED,
    /** They may not lock it at all. */
    EXCLUSIVE
}
