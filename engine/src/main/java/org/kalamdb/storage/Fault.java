// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

/**
 * Something that is wrong with what is stored. Immutable.
 *
 * @param object where: a file, an index, a part of a table
 * @param message a sentence without a trailing full stop
 */
public record Fault(Severity severity, String object, String message) {
    /** What a fault means for those who read the data. */
    public enum Severity {
        /** Some of it is lost or wrong. */
        ERROR,
        /** All of it is there, but something is not in order. */
        WARNING
    }

    public Fault {
        requireNonNull(severity, "severity is null");
        requireNonNull(object, "object is null");
        requireNonNull(message, "message is null");
    }

    /** Some data is lost or wrong. */
    public static Fault error(String object, String message) {
        return new Fault(Severity.ERROR, object, message);
    }

    /** Something is not in order. */
    public static Fault warning(String object, String message) {
        return new Fault(Severity.WARNING, object, message);
    }
}
