// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.apache.calcite.linq4j.function.Function1;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;

/** Computations that may refuse their values. Called by generated code. */
public final class Attempts {
    private Attempts() {}

    /** What is computed of the values, or null if it cannot be. */
    public static @Nullable Object orNull(Function1<@Nullable Object[], ?> computation, @Nullable Object[] values) {
        try {
            return computation.apply(values);
        } catch (KalamException refused) {
            return null;
        }
    }
}
