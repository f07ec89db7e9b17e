// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.RowBatch;

/** A part of a running query. Confined to one thread. */
public interface Operator extends AutoCloseable {
    /** The next rows, at least one, valid until the next call; null at the end. */
    @Nullable
    RowBatch next();

    @Override
    void close();
}
