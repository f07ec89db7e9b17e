// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.resource.Resources;

/**
 * What a session that is opened asks for on behalf of all sessions of its database. Immutable.
 *
 * @param memoryLimitBytes how much of the heap running queries may hold, at least 1 MB; null for what it is
 */
public record ResourceSettings(@Nullable Long memoryLimitBytes) {
    /** Leaves everything as it is. */
    public static final ResourceSettings UNCHANGED = new ResourceSettings(null);

    void apply(Resources resources) {
        if (memoryLimitBytes != null) {
            resources.memory().setLimitBytes(memoryLimitBytes);
        }
    }
}
