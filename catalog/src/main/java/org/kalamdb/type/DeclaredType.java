// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a type in a column definition says: the type, and what SQL lets a type name say beside it. Immutable.
 *
 * @param type the type
 * @param maxLength declared length of text in characters or of bytes in bytes, at least 1; null if none was declared
 * @param autoIncrement whether the name was one of the SERIAL family
 */
public record DeclaredType(KalamDataType type, @Nullable Integer maxLength, boolean autoIncrement) {
    public DeclaredType {
        requireNonNull(type, "type is null");
        if (maxLength != null && maxLength < 1) {
            throw new IllegalArgumentException("Invalid maxLength " + maxLength);
        }
    }

    /** The type alone. */
    static DeclaredType plain(KalamDataType type) {
        return new DeclaredType(type, null, false);
    }
}
