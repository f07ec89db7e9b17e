// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import org.jspecify.annotations.Nullable;

/**
 * A value that came with its type. Immutable, if nobody writes to an array in it.
 *
 * @param type the type, or null for NULL, which has none
 * @param stored the {@linkplain StoredValues stored value}, or null for NULL
 */
public record TaggedValue(
        @Nullable KalamDataType type, @Nullable Object stored) {
    /** NULL. */
    public static final TaggedValue NULL = new TaggedValue(null, null);

    public TaggedValue {
        if ((type == null) != (stored == null)) {
            throw new IllegalArgumentException("A value has a type, NULL has none");
        }
    }
}
