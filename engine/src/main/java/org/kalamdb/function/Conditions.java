// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.jspecify.annotations.Nullable;

/** Truth values. Called by generated code. */
public final class Conditions {
    private Conditions() {}

    /** Whether the condition is true, and neither false nor unknown. */
    public static boolean holds(@Nullable Boolean condition) {
        return condition != null && condition;
    }
}
