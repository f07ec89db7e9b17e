// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What operators of several inputs have in common. */
public final class Operators {
    private Operators() {}

    /** Opens all of them, or none: those that are open are closed if another cannot be opened. */
    public static <P> List<Operator> openAll(List<P> plans, Function<P, Operator> open) {
        List<Operator> opened = new ArrayList<>(plans.size());
        try {
            for (P plan : plans) {
                opened.add(open.apply(plan));
            }
            return opened;
        } catch (RuntimeException | Error e) {
            try {
                closeAll(opened);
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    static void closeAll(List<Operator> operators) {
        Closing.all(operators);
    }
}
