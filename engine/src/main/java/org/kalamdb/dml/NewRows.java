// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows that an INSERT adds. Safe for use by several threads. */
interface NewRows {
    /** Hands each row, as stored values of all columns, to {@code sink}, in order. */
    void forEach(WriteContext context, Consumer<@Nullable Object[]> sink);
}
