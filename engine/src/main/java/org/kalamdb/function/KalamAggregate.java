// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/** An aggregate function that Calcite has no code for, or none that is right. Immutable. */
public abstract sealed class KalamAggregate extends SqlAggFunction permits PairedAggregate, PercentileAggregate {
    KalamAggregate(
            String name,
            SqlReturnTypeInference returnType,
            @Nullable SqlOperandTypeInference operandTypeInference,
            SqlOperandTypeChecker operands) {
        super(
                name,
                null,
                SqlKind.OTHER_FUNCTION,
                returnType,
                operandTypeInference,
                operands,
                SqlFunctionCategory.NUMERIC,
                false,
                false,
                Optionality.FORBIDDEN);
    }

    static List<KalamAggregate> all() {
        return Stream.concat(
                        Stream.of(PairStatistic.values()).map(PairedAggregate::new),
                        PercentileAggregate.percentiles().stream())
                .toList();
    }

    /** Whether one of the calls is of such a function. */
    public static boolean isIn(List<AggregateCall> calls) {
        return calls.stream().anyMatch(call -> call.getAggregation() instanceof KalamAggregate);
    }
}
