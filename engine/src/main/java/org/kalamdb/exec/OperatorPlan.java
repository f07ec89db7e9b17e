// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.List;
import java.util.function.Function;
import org.kalamdb.exec.operator.Operator;

/**
 * A columnar operator of a plan, shared by its runs. Safe for use by several threads.
 *
 * @param name as EXPLAIN shows it
 * @param inputs the plans below it
 * @param opener makes the operator of one run
 */
record OperatorPlan(String name, List<OperatorPlan> inputs, Function<QueryContext, Operator> opener) {
    OperatorPlan {
        inputs = List.copyOf(inputs);
    }

    /** An operator with one input. */
    static OperatorPlan over(OperatorPlan input, String name, OpenerOverInput opener) {
        return new OperatorPlan(name, List.of(input), context -> {
            Operator below = input.open(context);
            try {
                return opener.open(below, context);
            } catch (RuntimeException | Error e) {
                below.close();
                throw e;
            }
        });
    }

    /** Opens an operator over an open input. */
    interface OpenerOverInput {
        Operator open(Operator input, QueryContext context);
    }

    Operator open(QueryContext context) {
        return opener.apply(context);
    }

    /** One operator a line, each deeper than the one above it. */
    String explain() {
        StringBuilder text = new StringBuilder();
        explain(text, "");
        return text.toString();
    }

    private void explain(StringBuilder text, String indent) {
        text.append(indent)
                .append(name.stripTrailing().replace("\n", "\n  " + indent))
                .append('\n');
        inputs.forEach(input -> input.explain(text, indent + "  "));
    }

    /** In one line. */
    @Override
    public String toString() {
        String below =
                String.join(", ", inputs.stream().map(OperatorPlan::toString).toList());
        return below.isEmpty() ? name : name + " <- " + (inputs.size() > 1 ? "[" + below + "]" : below);
    }
}
