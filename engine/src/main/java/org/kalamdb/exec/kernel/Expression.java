// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** An expression of a plan, shared by its runs. Safe for use by several threads. */
public interface Expression {
    /** The expression's part in one run. */
    Kernel open(Run run);
}
