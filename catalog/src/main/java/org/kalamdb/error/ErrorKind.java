// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.error;

/** Who can do something about an error. */
public enum ErrorKind {
    /** The statement, its parameters or the data it meets. */
    USER,
    /** Memory, disk space, a lock or time ran out. */
    RESOURCE,
    /** Something outside the database: a file, a folder, another process. */
    EXTERNAL,
    /** A fault of the database itself. */
    INTERNAL
}
