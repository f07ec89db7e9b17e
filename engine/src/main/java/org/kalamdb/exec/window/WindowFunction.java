// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import org.jspecify.annotations.Nullable;

/** Computes one value of each row of a partition. Safe for use by several threads. */
public interface WindowFunction {
    /** @param results one for each row, to be filled */
    void evaluate(Partition partition, @Nullable Object[] results);
}
