// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a relation others determine: a primary key all columns of its table, and a column whatever it is compared with
 * as equal (functional dependencies). Rows of an outer join without a match keep this, as a key that is NULL there, and nowhere
 * else, stands for a row of NULLs. Confined to one thread.
 */
final class ColumnDependencies {
    private final RelNode rel;
    private final List<Equality> equalities = new ArrayList<>();
    private final Set<Key> keys = new HashSet<>();

    /** A column of one of the scans of the relation, which is known by the inputs that lead to it. */
    private record Origin(String path, int column) {}

    private record Equality(Origin left, Origin right) {}

    /** The columns of a primary key. */
    private record Key(String path, ImmutableBitSet columns) {
        private boolean isIn(Set<Origin> origins) {
            return columns.asList().stream().allMatch(column -> origins.contains(new Origin(path, column)));
        }
    }

    ColumnDependencies(RelNode rel) {
        this.rel = rel;
        collect(rel, "");
    }

    private void collect(RelNode node, String path) {
        if (node instanceof TableScan scan) {
            collectKeys(scan, path);
        } else if (node instanceof Filter filter) {
            collectEqualities(filter.getCondition(), filter.getInput(), below(path, 0));
        } else if (node instanceof Join join && join.getJoinType() == JoinRelType.INNER) {
            collectEqualities(join.getCondition(), join, path);
        }
        for (int i = 0; i < node.getInputs().size(); i++) {
            collect(node.getInput(i), below(path, i));
        }
    }

    private static String below(String path, int input) {
        return path + input + '.';
    }

    private void collectKeys(TableScan scan, String path) {
        List<ImmutableBitSet> ofTable =
                scan.getTable() == null ? null : scan.getTable().getKeys();
        for (ImmutableBitSet columns : ofTable == null ? List.<ImmutableBitSet>of() : ofTable) {
            boolean isNullable = columns.asList().stream()
                    .anyMatch(column -> scan.getRowType()
                            .getFieldList()
                            .get(column)
                            .getType()
                            .isNullable());
            if (!isNullable) {
                keys.add(new Key(path, columns));
            }
        }
    }

    /** @param node whose columns the condition names */
    private void collectEqualities(RexNode condition, RelNode node, String path) {
        for (RexNode each : RelOptUtil.conjunctions(condition)) {
            if (each.isA(SqlKind.EQUALS)
                    && ((RexCall) each).getOperands().get(0) instanceof RexInputRef left
                    && ((RexCall) each).getOperands().get(1) instanceof RexInputRef right
                    && !SqlTypeUtil.isApproximateNumeric(left.getType())
                    && !SqlTypeUtil.isApproximateNumeric(right.getType())) {
                Origin ofLeft = origin(node, left.getIndex(), path);
                Origin ofRight = origin(node, right.getIndex(), path);
                if (ofLeft != null && ofRight != null) {
                    equalities.add(new Equality(ofLeft, ofRight));
                }
            }
        }
    }

    private static @Nullable Origin origin(RelNode node, int column, String path) {
        if (node instanceof TableScan) {
            return new Origin(path, column);
        }
        if (node instanceof Filter || node instanceof Sort) {
            return origin(node.getInput(0), column, below(path, 0));
        }
        if (node instanceof Project project) {
            return project.getProjects().get(column) instanceof RexInputRef reference
                    ? origin(project.getInput(), reference.getIndex(), below(path, 0))
                    : null;
        }
        if (node instanceof Aggregate aggregate) {
            return column < aggregate.getGroupCount() && aggregate.getGroupType() == Aggregate.Group.SIMPLE
                    ? origin(aggregate.getInput(), aggregate.getGroupSet().nth(column), below(path, 0))
                    : null;
        }
        if (node instanceof Join join) {
            int leftCount = join.getLeft().getRowType().getFieldCount();
            return column < leftCount
                    ? origin(join.getLeft(), column, below(path, 0))
                    : origin(join.getRight(), column - leftCount, below(path, 1));
        }
        return null;
    }

    /** As few of some columns as determine all of them. */
    ImmutableBitSet determining(ImmutableBitSet columns) {
        ImmutableBitSet needed = columns;
        for (int column : columns) {
            Origin origin = origin(rel, column, "");
            if (origin != null && !isOfKey(origin) && isDetermined(origin, needed.clear(column))) {
                needed = needed.clear(column);
            }
        }
        for (int column : needed) {
            Origin origin = origin(rel, column, "");
            if (origin != null && isDetermined(origin, needed.clear(column))) {
                needed = needed.clear(column);
            }
        }
        return needed;
    }

    private boolean isOfKey(Origin origin) {
        return keys.stream().anyMatch(key -> key.path.equals(origin.path) && key.columns.get(origin.column));
    }

    private boolean isDetermined(Origin wanted, ImmutableBitSet columns) {
        Set<Origin> known = new HashSet<>();
        for (int column : columns) {
            Origin origin = origin(rel, column, "");
            if (origin != null) {
                known.add(origin);
            }
        }
        boolean grows = true;
        while (grows && !isDetermined(wanted, known)) {
            grows = false;
            for (Equality equality : equalities) {
                grows |= isDetermined(equality.left, known) && known.add(equality.right);
                grows |= isDetermined(equality.right, known) && known.add(equality.left);
            }
        }
        return isDetermined(wanted, known);
    }

    private boolean isDetermined(Origin wanted, Set<Origin> known) {
        return known.contains(wanted) || keys.stream().anyMatch(key -> key.path.equals(wanted.path) && key.isIn(known));
    }
}
