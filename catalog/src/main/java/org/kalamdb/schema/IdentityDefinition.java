// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * A column numbered by the engine. Immutable.
 *
 * @param always whether an explicit value is refused (GENERATED ALWAYS) or wins (BY DEFAULT, AUTO_INCREMENT)
 * @param start first number given
 * @param increment distance between numbers, not 0
 */
public record IdentityDefinition(boolean always, long start, long increment) {
    public IdentityDefinition {
        if (increment == 0) {
            throw new KalamException(ErrorCode.INVALID_DEFINITION, "Invalid identity increment: must not be 0, got: 0");
        }
    }
}
