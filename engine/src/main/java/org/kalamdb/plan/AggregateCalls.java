// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;

/** Calls of aggregates that move to another place in a plan. */
final class AggregateCalls {
    private AggregateCalls() {}

    /**
     * The same call over an input, with the type that it has there.
     *
     * @param hasEmptyGroup whether there may be a group without rows, of which most aggregates are NULL
     */
    static AggregateCall over(AggregateCall call, RelNode input, boolean hasEmptyGroup) {
        return AggregateCall.create(
                call.getParserPosition(),
                call.getAggregation(),
                call.isDistinct(),
                call.isApproximate(),
                call.ignoreNulls(),
                call.rexList,
                call.getArgList(),
                call.filterArg,
                call.distinctKeys,
                call.collation,
                hasEmptyGroup,
                input,
                null,
                call.name);
    }
}
