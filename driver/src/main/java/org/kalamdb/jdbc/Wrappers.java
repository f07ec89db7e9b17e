// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.sql.SQLException;
import org.kalamdb.error.ErrorCode;

/** What {@link java.sql.Wrapper} says, for objects that wrap nothing but themselves. */
final class Wrappers {
    private Wrappers() {}

    static <T> T unwrap(Object self, Class<T> type) throws SQLException {
        if (type.isInstance(self)) {
            return type.cast(self);
        }
        throw SqlExceptions.error(
                ErrorCode.INVALID_PARAMETER,
                "Cannot unwrap a " + self.getClass().getSimpleName() + " as " + type.getName());
    }
}
