// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.util.List;

/**
 * An operator of a plan, as EXPLAIN shows it. Immutable.
 *
 * @param name what it is, with what it does in parentheses; may have several lines
 * @param estimatedRows how many rows it is thought to answer, or NaN if nobody has estimated it
 * @param inputs the operators it reads from
 * @param part what a {@link QueryProfile} knows it by
 */
public record PlanDescription(String name, double estimatedRows, List<PlanDescription> inputs, Object part) {
    public PlanDescription {
        inputs = List.copyOf(inputs);
    }

    /** The same operator, which is thought to answer so many rows. */
    public PlanDescription withEstimate(double rows) {
        return new PlanDescription(name, rows, inputs, part);
    }

    /** One that stands for a query as a whole. */
    public static PlanDescription of(DescribedQuery query, String name) {
        return new PlanDescription(name, Double.NaN, List.of(), query);
    }
}
