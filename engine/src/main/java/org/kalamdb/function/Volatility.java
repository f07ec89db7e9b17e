// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

/** How long a function's answer for the same arguments stays the same. */
public enum Volatility {
    /** Forever: a call of constants is a constant. */
    IMMUTABLE,
    /** Within one statement. */
    STABLE,
    /** Every call may differ. */
    VOLATILE
}
