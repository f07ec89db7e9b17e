// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

/** What a committed transaction survives. */
public enum Durability {
    /** The end of the process, but not always of the machine: the operating system writes the log when it likes. */
    NORMAL,
    /** A power failure: the log is on the device before a commit returns. */
    FULL
}
