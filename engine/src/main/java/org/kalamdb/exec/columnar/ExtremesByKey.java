// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.scan.StoredScan;
import org.kalamdb.exec.scan.WantedOrder;

/**
 * MIN and MAX of columns by which a key or an index orders the rows: the first row in that order has the value, so that one
 * look finds it. Confined to one thread.
 */
final class ExtremesByKey {
    private final StoredScan stored;
    private final RexBuilder rexBuilder;

    private ExtremesByKey(StoredScan stored, RexBuilder rexBuilder) {
        this.stored = stored;
        this.rexBuilder = rexBuilder;
    }

    /** The same as the aggregate, of first rows; null if there is no key for one of its calls, or it has other ones. */
    static @Nullable RelNode of(Aggregate aggregate, RexBuilder rexBuilder) {
        StoredScan stored = StoredScan.of(aggregate.getInput());
        if (stored == null
                || stored.isAtHand()
                || aggregate.getGroupType() != Aggregate.Group.SIMPLE
                || !aggregate.getGroupSet().isEmpty()
                || aggregate.getAggCallList().isEmpty()) {
            return null;
        }
        ExtremesByKey extremes = new ExtremesByKey(stored, rexBuilder);
        List<RelNode> found = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            RelNode first = extremes.ofFirst(aggregate, call);
            if (first == null) {
                return null;
            }
            found.add(first);
        }
        return found.stream()
                .reduce((left, right) -> LogicalJoin.create(
                        left, right, List.of(), rexBuilder.makeLiteral(true), Set.of(), JoinRelType.INNER))
                .orElseThrow();
    }

    /** The call over the first row alone. */
    private @Nullable RelNode ofFirst(Aggregate aggregate, AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        if (kind != SqlKind.MIN && kind != SqlKind.MAX || call.hasFilter()) {
            return null;
        }
        int column = column(call.getArgList().get(0));
        Sort sort = column < 0 ? null : first(column, kind == SqlKind.MAX);
        return sort == null
                ? null
                : aggregate.copy(
                        aggregate.getTraitSet(),
                        sort,
                        ImmutableBitSet.of(),
                        List.of(ImmutableBitSet.of()),
                        List.of(call.withArgList(List.of(0))));
    }

    /** The column of the table, or -1 if the argument is something else. */
    private int column(int argument) {
        List<RexNode> projects = stored.projects();
        if (projects == null) {
            return argument;
        }
        return projects.get(argument) instanceof RexInputRef ref ? ref.getIndex() : -1;
    }

    private boolean excludesNull(int column) {
        RexNode condition = stored.condition();
        return condition != null && Strong.isNotTrue(condition, ImmutableBitSet.of(column));
    }

    /** The first row that is not NULL there; null if no key has the rows in that order, and only those that count. */
    private @Nullable Sort first(int column, boolean descending) {
        RelDataTypeField field = stored.scan().getRowType().getFieldList().get(column);
        RexNode reference = rexBuilder.makeInputRef(stored.scan(), column);
        List<RexNode> conjuncts = new ArrayList<>();
        if (stored.condition() != null) {
            conjuncts.add(stored.condition());
        }
        RexNode isPresent = rexBuilder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, reference);
        if (field.getType().isNullable() && !excludesNull(column)) {
            conjuncts.add(isPresent);
        }
        RexNode condition = RexUtil.composeConjunction(rexBuilder, conjuncts, true);
        RelNode filtered = condition == null ? stored.scan() : LogicalFilter.create(stored.scan(), condition);
        RelNode values =
                LogicalProject.create(filtered, List.of(), List.of(reference), List.of(field.getName()), Set.of());
        Sort sort = LogicalSort.create(
                values,
                RelCollations.of(new RelFieldCollation(
                        0,
                        descending ? RelFieldCollation.Direction.DESCENDING : RelFieldCollation.Direction.ASCENDING,
                        descending ? RelFieldCollation.NullDirection.FIRST : RelFieldCollation.NullDirection.LAST)),
                null,
                rexBuilder.makeExactLiteral(BigDecimal.ONE));
        StoredScan ordered = requireNonNull(StoredScan.of(values));
        StoredScan.Way way = ordered.way(WantedOrder.of(sort, ordered.projects()), rexBuilder);
        boolean isFirst = way.isOrdered()
                && (way.residual().isEmpty() || !descending && way.residual().equals(List.of(isPresent)));
        return isFirst ? sort : null;
    }
}
