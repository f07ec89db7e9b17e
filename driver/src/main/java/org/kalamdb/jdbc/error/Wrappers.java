// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.error;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;

/** What {@link java.sql.Wrapper} says, for objects that wrap nothing but themselves. */
public final class Wrappers {
    private Wrappers() {}

    /** The object itself as {@code type}. @throws SQLException INVALID_PARAMETER if it is none */
    public static <T> T unwrap(Object self, @Nullable Class<T> type) throws SQLException {
        Class<T> wanted = SqlExceptions.requireNotNull(type, "type to unwrap as");
        if (wanted.isInstance(self)) {
            return wanted.cast(self);
        }
        throw SqlExceptions.error(
                ErrorCode.INVALID_PARAMETER,
                "Cannot unwrap a " + self.getClass().getSimpleName() + " as " + wanted.getName());
    }

    /** Whether the object is of the type; of none if it is null. */
    public static boolean isWrapperFor(Object self, @Nullable Class<?> type) {
        return type != null && type.isInstance(self);
    }
}
