// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

/** What a transaction sees of others, from the weakest to the strongest level. */
public enum IsolationLevel {
    /** Each statement reads what was committed before it started. */
    READ_COMMITTED,
    /** All statements read what was committed before the first read: snapshot isolation. */
    REPEATABLE_READ,
    /** As if transactions had run one after the other. */
    SERIALIZABLE;

    /** The words of SQL, in lower case. */
    public String sqlName() {
        return name().replace('_', ' ').toLowerCase(java.util.Locale.ROOT);
    }
}
