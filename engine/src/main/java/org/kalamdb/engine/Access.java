// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

/** What a session may do with its database. */
public enum Access {
    /** Everything. One process at a time has a folder open so. */
    READ_WRITE,
    /** Reading. Any number of processes may do so, also while another one writes. */
    READ_ONLY
}
