// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Numbers that count rows. */
final class Offsets {
    private Offsets() {}

    /** @throws KalamException INVALID_PARAMETER if the number is not 1 or more */
    static long positive(String function, Object value) {
        long number = ((Number) value).longValue();
        if (number < 1) {
            throw new KalamException(
                    ErrorCode.INVALID_PARAMETER, "Argument of " + function + " must be 1 or more, got: " + number);
        }
        return number;
    }
}
