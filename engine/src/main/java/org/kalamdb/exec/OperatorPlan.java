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
 * @param partsOpener makes operators that together answer what the one does, in any order, each for one thread at a time
 */
record OperatorPlan(
        String name,
        List<OperatorPlan> inputs,
        Function<QueryContext, Operator> opener,
        Function<QueryContext, List<Operator>> partsOpener) {
    OperatorPlan {
        inputs = List.copyOf(inputs);
    }

    /** An operator of one part. */
    static OperatorPlan whole(String name, List<OperatorPlan> inputs, Function<QueryContext, Operator> opener) {
        return new OperatorPlan(name, inputs, opener, context -> List.of(opener.apply(context)));
    }

    /** An operator that reads all rows of one input, in parts and so in any order, before it answers. */
    static OperatorPlan overAll(OperatorPlan input, String name, OpenerOverParts opener) {
        return whole(name, List.of(input), context -> {
            List<Operator> below = input.openParts(context);
            try {
                return opener.open(below, context);
            } catch (RuntimeException | Error e) {
                below.forEach(Operator::close);
                throw e;
            }
        });
    }

    /** An operator over each part of one input, for which it makes no difference whether it sees all rows. */
    static OperatorPlan overEach(OperatorPlan input, String name, OpenerOverInput opener) {
        OperatorPlan whole = over(input, name, opener);
        return new OperatorPlan(name, List.of(input), whole.opener, context -> {
            List<Operator> below = input.openParts(context);
            try {
                return below.stream().map(each -> opener.open(each, context)).toList();
            } catch (RuntimeException | Error e) {
                below.forEach(Operator::close);
                throw e;
            }
        });
    }

    /** An operator with one input. */
    static OperatorPlan over(OperatorPlan input, String name, OpenerOverInput opener) {
        return whole(name, List.of(input), context -> {
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

    /** Opens an operator over the parts of an open input. */
    interface OpenerOverParts {
        Operator open(List<Operator> parts, QueryContext context);
    }

    /** Opens it for several threads, if it reads so much that this pays. */
    List<Operator> openParts(QueryContext context) {
        return partsOpener.apply(context);
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
