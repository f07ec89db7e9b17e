// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

/** A fixed view of a {@link VersionedStore}. Safe for use by several threads; must be closed. */
public interface StoreSnapshot extends AutoCloseable {
    /** Lets go of the view. Idempotent. */
    @Override
    void close();
}
