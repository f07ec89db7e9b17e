// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** CORR(y, x) and the other aggregates of pairs of numbers, of type DOUBLE. Immutable. */
public final class PairedAggregate extends KalamAggregate {
    private final PairStatistic statistic;

    PairedAggregate(PairStatistic statistic) {
        super(
                statistic.name(),
                ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                null,
                OperandTypes.NUMERIC_NUMERIC);
        this.statistic = statistic;
    }

    public PairStatistic statistic() {
        return statistic;
    }
}
