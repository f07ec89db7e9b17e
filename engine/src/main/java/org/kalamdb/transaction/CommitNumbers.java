// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

/**
 * The numbers that commits of one database can have, which grow and are never given twice, however often it is opened.
 * Safe for use by several threads.
 */
public interface CommitNumbers {
    /** How many numbers {@link #reserve} sets apart. */
    int BLOCK = 1 << 20;

    /** Sets {@value #BLOCK} numbers apart and returns the first of them, which is at least 1. */
    long reserve();

    /** Numbers below this one are not to be given any more. */
    long floor();
}
