// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.apache.calcite.linq4j.function.Function0;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;

/** Computations that may refuse their values. Called by generated code. */
public final class Attempts {
    private Attempts() {}

    /** The value, or null if it cannot be computed of what is there. */
    public static @Nullable Object orNull(Function0<?> computation) {
        try {
            return computation.apply();
        } catch (KalamException refused) {
            return null;
        }
    }
}
