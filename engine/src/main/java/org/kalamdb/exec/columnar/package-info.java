// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * From an optimised plan to columnar operators: {@link org.kalamdb.exec.columnar.QueryCompiler} is the way in, {@code
 * ColumnarConversion} the walk over the tree, and one class each compiles joins, aggregates, windows and set operations. The
 * operators themselves are in {@code exec.operator}.
 */
@NullMarked
package org.kalamdb.exec.columnar;

import org.jspecify.annotations.NullMarked;
