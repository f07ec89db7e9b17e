// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

/**
 * What a commit survives. Whatever is lost, the database is left in the state after some commit: none is there in part,
 * and none without those before it.
 */
public enum Durability {
    /** Nothing but an orderly end: the log is handed to the operating system with a later commit. */
    OFF,
    /** The end of the process, but not always of the machine: the operating system writes the log when it likes. */
    NORMAL,
    /** A power failure: the log is on the device before a commit returns. */
    FULL
}
