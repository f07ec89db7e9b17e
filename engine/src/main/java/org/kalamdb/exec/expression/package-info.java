// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Compiling what a plan computes: expressions to kernels, aggregate calls and window functions to what accumulates them, and
 * the text in which EXPLAIN shows them. Knows no operators of plans and no tables.
 */
@NullMarked
package org.kalamdb.exec.expression;

import org.jspecify.annotations.NullMarked;
