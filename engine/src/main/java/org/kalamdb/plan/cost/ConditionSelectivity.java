// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import com.google.common.collect.Range;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ValuePosition;

/**
 * The part of rows for which a condition holds. Conjuncts are looked at one after the other, each over what those before it
 * have left of the values, so that two ends of a range are not taken for independent. Confined to one thread.
 */
final class ConditionSelectivity {
    /** Of a comparison by order with something unknown. */
    private static final double UNKNOWN_RANGE = 1.0 / 3;

    /** Of a condition of which nothing is known. */
    private static final double UNKNOWN = 0.25;

    /** Of a part of a pattern that may stand anywhere in the text. */
    private static final double PATTERN_PART = 0.06;

    private static final double LEAST_PATTERN = 0.002;

    /** How many values a computed column is assumed to have at most. */
    private static final double COMPUTED_DISTINCT = 100;

    private final ColumnEstimate[] columns;
    private final boolean[] narrowed;
    private final double rows;

    private ConditionSelectivity(List<ColumnEstimate> columns, double rows) {
        this.columns = columns.toArray(ColumnEstimate[]::new);
        this.narrowed = new boolean[this.columns.length];
        this.rows = rows;
    }

    /** The part of rows with these columns. @param rows how many there are */
    static double of(RexNode condition, List<ColumnEstimate> columns, double rows) {
        return new ConditionSelectivity(columns, rows).part(condition);
    }

    /** The rows that are left. */
    static RowsEstimate filter(RowsEstimate input, RexNode condition) {
        ConditionSelectivity selectivity = new ConditionSelectivity(input.columns(), input.rows());
        double count = input.rows() * selectivity.part(condition);
        for (int i = 0; i < selectivity.columns.length; i++) {
            ColumnEstimate column = selectivity.columns[i];
            selectivity.columns[i] = selectivity.narrowed[i]
                    ? column.withDistinct(Math.min(column.distinct(), Math.max(1, count)))
                    : column.afterPicking(input.rows(), count);
        }
        return new RowsEstimate(count, List.of(selectivity.columns), input.keys());
    }

    private double part(RexNode node) {
        return Math.min(1, Math.max(0, partOf(node)));
    }

    private double partOf(RexNode node) {
        if (node instanceof RexLiteral literal) {
            return literal.isAlwaysTrue() ? 1 : 0;
        }
        if (!(node instanceof RexCall call)) {
            return node instanceof RexInputRef ref ? 1 / columns[ref.getIndex()].distinct() : UNKNOWN;
        }
        return switch (call.getKind()) {
            case AND -> {
                double part = 1;
                for (RexNode operand : call.getOperands()) {
                    part *= part(operand);
                }
                yield part;
            }
            case OR -> anyOf(call.getOperands());
            case NOT, IS_FALSE, IS_NOT_TRUE -> 1 - apart(call.getOperands().get(0));
            case IS_TRUE, IS_NOT_FALSE -> part(call.getOperands().get(0));
            case IS_NULL, IS_UNKNOWN -> nullPart(call.getOperands().get(0));
            case IS_NOT_NULL -> 1 - nullPart(call.getOperands().get(0));
            case SEARCH -> search(call);
            case LIKE -> like(call);
            case EQUALS, IS_NOT_DISTINCT_FROM, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                comparison(
                        call.getKind(),
                        call.getOperands().get(0),
                        call.getOperands().get(1));
            case NOT_EQUALS, IS_DISTINCT_FROM ->
                1 - equality(call.getOperands().get(0), call.getOperands().get(1));
            default -> UNKNOWN;
        };
    }

    /** As {@link #part}, and leaves the columns as they are. */
    private double apart(RexNode node) {
        return of(node, List.of(columns), rows);
    }

    /** Alternatives of one column exclude each other, those of several are independent. */
    private double anyOf(List<RexNode> alternatives) {
        boolean ofOneColumn = RelOptUtil.InputFinder.bits(alternatives, null).cardinality() == 1;
        double sum = 0;
        double none = 1;
        for (RexNode alternative : alternatives) {
            double part = apart(alternative);
            sum += part;
            none *= 1 - part;
        }
        return ofOneColumn ? sum : 1 - none;
    }

    private double nullPart(RexNode tested) {
        return withoutCasts(tested) instanceof RexInputRef ref ? columns[ref.getIndex()].nullFraction() : 0;
    }

    private double comparison(SqlKind kind, RexNode leftNode, RexNode rightNode) {
        RexNode left = withoutCasts(leftNode);
        RexNode right = withoutCasts(rightNode);
        if (isConstant(left) && !isConstant(right)) {
            return comparison(kind.reverse(), right, left);
        }
        if (kind == SqlKind.EQUALS || kind == SqlKind.IS_NOT_DISTINCT_FROM) {
            double part = equality(left, right);
            if (left instanceof RexInputRef ref && right instanceof RexLiteral literal) {
                double position = LiteralPositions.of(literal);
                narrow(ref, ColumnEstimate.ofConstant(position));
            }
            return part;
        }
        if (!(left instanceof RexInputRef ref) || !(right instanceof RexLiteral literal)) {
            return UNKNOWN_RANGE;
        }
        ColumnEstimate column = columns[ref.getIndex()];
        double position = LiteralPositions.of(literal);
        if (!column.hasRange() || Double.isNaN(position)) {
            return UNKNOWN_RANGE * (1 - column.nullFraction());
        }
        return switch (kind) {
            case LESS_THAN -> between(ref, Double.NEGATIVE_INFINITY, Math.nextDown(position), true);
            case LESS_THAN_OR_EQUAL -> between(ref, Double.NEGATIVE_INFINITY, position, true);
            case GREATER_THAN -> between(ref, Math.nextUp(position), Double.POSITIVE_INFINITY, true);
            default -> between(ref, position, Double.POSITIVE_INFINITY, true);
        };
    }

    /** The part of the values that lie between two positions; the column is narrowed to them if {@code narrows}. */
    private double between(RexInputRef ref, double from, double to, boolean narrows) {
        ColumnEstimate column = columns[ref.getIndex()];
        double low = Math.max(from, column.min());
        double high = Math.min(to, column.max());
        double part = low > high ? 0 : column.partBetween(low, high);
        double values = part * (1 - column.nullFraction());
        if (narrows && low <= high) {
            narrow(ref, column.within(low, high, part));
        }
        return Math.max(values, leastPart());
    }

    /** Never nothing: an estimate is not a proof. */
    private double leastPart() {
        return 1 / Math.max(1, rows);
    }

    private double equality(RexNode leftNode, RexNode rightNode) {
        RexNode left = withoutCasts(leftNode);
        RexNode right = withoutCasts(rightNode);
        if (isConstant(left)) {
            return isConstant(right) ? UNKNOWN : equality(right, left);
        }
        if (!isConstant(right)) {
            return 1 / Math.max(distinct(left), distinct(right));
        }
        if (left instanceof RexInputRef ref) {
            ColumnEstimate column = columns[ref.getIndex()];
            double position = right instanceof RexLiteral literal ? LiteralPositions.of(literal) : Double.NaN;
            boolean outside = position < column.min() || position > column.max();
            return outside ? leastPart() : (1 - column.nullFraction()) * column.partOf(position);
        }
        return 1 / distinct(left);
    }

    private double distinct(RexNode node) {
        if (node instanceof RexInputRef ref) {
            return columns[ref.getIndex()].distinct();
        }
        double most = 1;
        for (int column : RelOptUtil.InputFinder.bits(node)) {
            most *= columns[column].distinct();
        }
        return Math.min(most, COMPUTED_DISTINCT);
    }

    private void narrow(RexInputRef ref, ColumnEstimate to) {
        columns[ref.getIndex()] = to;
        narrowed[ref.getIndex()] = true;
    }

    private double search(RexCall call) {
        RexNode searched = withoutCasts(call.getOperands().get(0));
        if (!(call.getOperands().get(1) instanceof RexLiteral literal)
                || !(literal.getValueAs(Sarg.class) instanceof Sarg<?> sarg)) {
            return UNKNOWN;
        }
        if (sarg.isComplementedPoints()) {
            return 1 - sarg.rangeSet.complement().asRanges().size() / distinct(searched);
        }
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        int points = 0;
        for (Range<?> range : sarg.rangeSet.asRanges()) {
            double from = range.hasLowerBound() ? LiteralPositions.of(range.lowerEndpoint()) : Double.NEGATIVE_INFINITY;
            double to = range.hasUpperBound() ? LiteralPositions.of(range.upperEndpoint()) : Double.POSITIVE_INFINITY;
            boolean isPoint = range.hasLowerBound()
                    && range.hasUpperBound()
                    && range.lowerEndpoint().equals(range.upperEndpoint());
            points += isPoint ? 1 : 0;
            sum += isPoint ? pointPart(searched, from) : rangePart(searched, from, to);
            least = Math.min(least, from);
            greatest = Math.max(greatest, to);
        }
        if (searched instanceof RexInputRef ref && sum > 0) {
            ColumnEstimate column = columns[ref.getIndex()];
            boolean onlyPoints = points == sarg.rangeSet.asRanges().size();
            double distinct = onlyPoints ? Math.min(points, column.distinct()) : column.distinct() * Math.min(1, sum);
            narrow(
                    ref,
                    new ColumnEstimate(
                            distinct, 0, max(least, column.min()), min(greatest, column.max()), column.histogram()));
        }
        return sum;
    }

    private static double max(double position, double bound) {
        return Double.isNaN(bound) || Double.isNaN(position) ? Double.NaN : Math.max(position, bound);
    }

    private static double min(double position, double bound) {
        return Double.isNaN(bound) || Double.isNaN(position) ? Double.NaN : Math.min(position, bound);
    }

    private double pointPart(RexNode searched, double position) {
        if (!(searched instanceof RexInputRef ref)) {
            return 1 / distinct(searched);
        }
        ColumnEstimate column = columns[ref.getIndex()];
        return position < column.min() || position > column.max()
                ? leastPart()
                : (1 - column.nullFraction()) * column.partOf(position);
    }

    private double rangePart(RexNode searched, double from, double to) {
        boolean known = searched instanceof RexInputRef ref
                && columns[ref.getIndex()].hasRange()
                && !Double.isNaN(from)
                && !Double.isNaN(to);
        return known ? between((RexInputRef) searched, from, to, false) : UNKNOWN_RANGE;
    }

    private double like(RexCall call) {
        RexNode tested = withoutCasts(call.getOperands().get(0));
        String pattern = text(call.getOperands().get(1));
        if (pattern == null) {
            return UNKNOWN;
        }
        String[] parts = pattern.split("[%_]+", -1);
        if (parts.length == 1) {
            return equality(tested, call.getOperands().get(1));
        }
        double part = 1;
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                part *= i == 0 ? prefixPart(tested, parts[i]) : PATTERN_PART;
            }
        }
        return Math.max(part, LEAST_PATTERN);
    }

    /** Texts with one beginning lie between it and it followed by the last character. */
    private double prefixPart(RexNode tested, String prefix) {
        if (!(tested instanceof RexInputRef ref) || !columns[ref.getIndex()].hasRange()) {
            return PATTERN_PART;
        }
        double part = between(
                ref,
                ValuePosition.ofText(prefix),
                ValuePosition.ofText(prefix + Character.toString(Character.MAX_CODE_POINT)),
                false);
        // Texts are spread unevenly, above all those that begin alike.
        return Math.min(0.5, Math.max(part, PATTERN_PART / 2));
    }

    private static @Nullable String text(RexNode pattern) {
        NlsString value =
                withoutCasts(pattern) instanceof RexLiteral literal ? literal.getValueAs(NlsString.class) : null;
        return value == null ? null : value.getValue();
    }

    private static boolean isConstant(RexNode node) {
        return !(node instanceof RexInputRef)
                && RelOptUtil.InputFinder.bits(node).equals(ImmutableBitSet.of());
    }

    /** The value that is cast, whose order is the same for all casts that comparisons need. */
    private static RexNode withoutCasts(RexNode node) {
        RexNode inner = node;
        while (inner instanceof RexCall call
                && call.isA(SqlKind.CAST)
                && !call.getOperands().isEmpty()) {
            inner = call.getOperands().get(0);
        }
        return inner;
    }
}
