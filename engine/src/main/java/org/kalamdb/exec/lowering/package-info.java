// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Lowering: expressions over planner types become expressions over the types that programs compute with, and operators whose
 * code in Calcite means something else become calls of our methods. Kernels and generated code are both made of the result,
 * so that there is one definition of what each expression means. Knows neither of the two.
 */
@NullMarked
package org.kalamdb.exec.lowering;

import org.jspecify.annotations.NullMarked;
