// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import java.util.ArrayList;
import java.util.List;

/** An expression of a plan, shared by its runs. Safe for use by several threads. */
public interface Expression {
    /** The expression's part in one run. */
    Kernel open(Run run);

    /** The parts of several expressions in one run. */
    static List<Kernel> openAll(List<Expression> expressions, Run run) {
        List<Kernel> kernels = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            kernels.add(expression.open(run));
        }
        return kernels;
    }
}
