// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.filter;

/** Which values of a column are looked for. */
public enum Extremes {
    /** The least. */
    LEAST,
    /** The greatest. */
    GREATEST,
    /** The least and the greatest. */
    BOTH;

    /** Whether the least one is looked for. */
    public boolean includeLeast() {
        return this != GREATEST;
    }

    /** Whether the greatest one is looked for. */
    public boolean includeGreatest() {
        return this != LEAST;
    }
}
