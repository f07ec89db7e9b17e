// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

/** What DROP does with objects that depend on what is dropped. */
public enum DropBehavior {
    /** Refuse to drop while there are any. */
    RESTRICT,
    /** Drop them as well. */
    CASCADE
}
