// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.error;

import java.sql.SQLException;
import org.kalamdb.error.ErrorCode;

/** What {@link java.sql.Wrapper} says, for objects that wrap nothing but themselves. */
public final class Wrappers {
    private Wrappers() {}

    /** The object itself as {@code type}. @throws SQLException INVALID_PARAMETER if it is none */
    public static <T> T unwrap(Object self, Class<T> type) throws SQLException {
        if (type.isInstance(self)) {
            return type.cast(self);
        }
        throw SqlExceptions.error(
                ErrorCode.INVALID_PARAMETER,
                "Cannot unwrap a " + self.getClass().getSimpleName() + " as " + type.getName());
    }
}
