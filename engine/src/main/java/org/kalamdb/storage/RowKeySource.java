// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.jspecify.annotations.Nullable;

/** The keys of rows, one after the other. Confined to one thread. */
public interface RowKeySource extends AutoCloseable {
    /** The next one, or null at the end. */
    byte @Nullable [] next();

    @Override
    void close();
}
