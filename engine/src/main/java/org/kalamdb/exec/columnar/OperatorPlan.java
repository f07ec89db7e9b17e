// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.kalamdb.exec.PlanDescription;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.QueryProfile;
import org.kalamdb.exec.operator.Operator;

/**
 * A columnar operator of a plan, shared by its runs. Safe for use by several threads.
 *
 * @param name as EXPLAIN shows it
 * @param estimatedRows how many rows it is thought to answer, or NaN if nobody has estimated it
 * @param inputs the plans below it
 * @param opener makes the operator of one run
 * @param partsOpener makes operators that together answer what the one does, in any order, each for one thread at a time
 */
record OperatorPlan(
        String name,
        double estimatedRows,
        List<OperatorPlan> inputs,
        Function<QueryContext, Operator> opener,
        Function<QueryContext, List<Operator>> partsOpener) {
    OperatorPlan {
        inputs = List.copyOf(inputs);
    }

    /** One whose rows nobody has estimated. */
    OperatorPlan(
            String name,
            List<OperatorPlan> inputs,
            Function<QueryContext, Operator> opener,
            Function<QueryContext, List<Operator>> partsOpener) {
        this(name, Double.NaN, inputs, opener, partsOpener);
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
                List<Operator> opened = new ArrayList<>(below.size());
                for (Operator each : below) {
                    opened.add(opener.open(each, context));
                }
                return opened;
            } catch (RuntimeException | Error e) {
                below.forEach(Operator::close);
                throw e;
            }
        });
    }

    /** The same operator, which is thought to answer so many rows. */
    OperatorPlan withEstimate(double rows) {
        return new OperatorPlan(name, rows, inputs, opener, partsOpener);
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

    /** Opens all of them, or none: those that are open are closed if another cannot be opened. */
    static List<Operator> openAll(List<OperatorPlan> plans, Function<OperatorPlan, List<Operator>> open) {
        List<Operator> opened = new ArrayList<>();
        try {
            for (OperatorPlan plan : plans) {
                opened.addAll(open.apply(plan));
            }
            return opened;
        } catch (RuntimeException | Error e) {
            opened.forEach(Operator::close);
            throw e;
        }
    }

    /** Opens it for several threads, if it reads so much that this pays. */
    List<Operator> openParts(QueryContext context) {
        QueryProfile profile = context.profile();
        return profile == null ? partsOpener.apply(context) : profile.operators(this, context, partsOpener);
    }

    Operator open(QueryContext context) {
        QueryProfile profile = context.profile();
        return profile == null ? opener.apply(context) : profile.operator(this, context, opener);
    }

    /** As EXPLAIN shows it, with what is below. */
    PlanDescription describe() {
        return new PlanDescription(
                name, estimatedRows, inputs.stream().map(OperatorPlan::describe).toList(), this);
    }

    /** In one line. */
    @Override
    public String toString() {
        String below =
                String.join(", ", inputs.stream().map(OperatorPlan::toString).toList());
        return below.isEmpty() ? name : name + " <- " + (inputs.size() > 1 ? "[" + below + "]" : below);
    }
}
