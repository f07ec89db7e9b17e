// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan.cost;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The search for the order of joins that costs least. Of a few relations all orders without needless cross products are
 * compared, of sets of relations that are built up from smaller ones; of more, the two parts are joined again and again whose
 * result is smallest. Confined to one thread.
 */
final class JoinSearch {
    /** Sets of more relations are not all looked at: three times the work for each. */
    private static final int MAX_EXHAUSTIVE = 11;

    /** What a row costs that is held in memory, beside one that passes by. */
    private static final double HELD_ROW = 2;

    private final JoinPredicates predicates;
    private final double[] rows;
    private final long[] neighbours;
    private final int count;

    /**
     * A way to join some relations.
     *
     * @param relations as bits
     * @param left null for a relation itself
     * @param right null for a relation itself
     * @param rows how many it answers
     * @param cost of it and what is below
     */
    record Tree(
            long relations, @Nullable Tree left, @Nullable Tree right, double rows, double cost) {
        int relation() {
            return Long.numberOfTrailingZeros(relations);
        }
    }

    /** @param rows of each relation */
    JoinSearch(JoinPredicates predicates, double[] rows) {
        this.predicates = predicates;
        this.rows = rows;
        this.count = rows.length;
        this.neighbours = new long[count];
        for (int i = 0; i < count; i++) {
            neighbours[i] = predicates.isSemiJoined(i) ? 0 : predicates.neighbours(i);
        }
        connect();
    }

    Tree best() {
        return count <= MAX_EXHAUSTIVE ? exhaustive() : greedy();
    }

    /** Lets parts that no condition connects meet in their smallest relations. */
    private void connect() {
        long done = 0;
        int anchor = -1;
        for (int i = 0; i < count; i++) {
            if ((done & 1L << i) == 0 && !predicates.isSemiJoined(i)) {
                long part = partOf(i);
                done |= part;
                int smallest = smallest(part);
                if (anchor >= 0) {
                    neighbours[anchor] |= 1L << smallest;
                    neighbours[smallest] |= 1L << anchor;
                }
                anchor = anchor < 0 || rows[smallest] < rows[anchor] ? smallest : anchor;
            }
        }
    }

    private long partOf(int relation) {
        long part = 1L << relation;
        long grown = part;
        do {
            part = grown;
            grown |= neighboursOf(part);
        } while (grown != part);
        return part;
    }

    private int smallest(long part) {
        int smallest = Long.numberOfTrailingZeros(part);
        for (long rest = part; rest != 0; rest &= rest - 1) {
            int relation = Long.numberOfTrailingZeros(rest);
            smallest = rows[relation] < rows[smallest] ? relation : smallest;
        }
        return smallest;
    }

    private long neighboursOf(long relations) {
        long all = 0;
        for (long rest = relations; rest != 0; rest &= rest - 1) {
            all |= neighbours[Long.numberOfTrailingZeros(rest)];
        }
        return all & ~relations;
    }

    private Tree leaf(int relation) {
        return new Tree(1L << relation, null, null, rows[relation], 0);
    }

    private Tree exhaustive() {
        Tree[] best = new Tree[1 << count];
        for (int i = 0; i < count; i++) {
            best[1 << i] = leaf(i);
        }
        for (int set = 1; set < best.length; set++) {
            if (Integer.bitCount(set) > 1) {
                best[set] = best(best, set);
            }
        }
        Tree whole = best[best.length - 1];
        return whole == null ? greedy() : whole;
    }

    private @Nullable Tree best(@Nullable Tree[] trees, int set) {
        Tree best = null;
        // Each pair of parts comes up once: the lowest bit is in the first.
        int lowest = Integer.lowestOneBit(set);
        for (int part = (set - 1) & set; part != 0; part = (part - 1) & set) {
            if ((part & lowest) != 0) {
                Tree tree = join(trees[part], trees[set & ~part], best == null ? -1 : best.rows());
                if (tree != null && (best == null || tree.cost() < best.cost())) {
                    best = tree;
                }
            }
        }
        return best;
    }

    /** A join of two parts; null if nothing connects them. @param known rows of it, or negative */
    private @Nullable Tree join(@Nullable Tree one, @Nullable Tree other, double known) {
        if (one == null || other == null) {
            return null;
        }
        if (isSemiJoined(one)) {
            return semiJoin(other, one);
        }
        if (isSemiJoined(other)) {
            return semiJoin(one, other);
        }
        return (neighboursOf(one.relations()) & other.relations()) == 0 ? null : join(one, other, known, true);
    }

    private boolean isSemiJoined(Tree tree) {
        return tree.left() == null && predicates.isSemiJoined(tree.relation());
    }

    private @Nullable Tree semiJoin(Tree left, Tree right) {
        long needed = predicates.leftOf(right.relation());
        if (isSemiJoined(left) || (needed & ~left.relations()) != 0) {
            return null;
        }
        double result = left.rows() * predicates.matchedPart(right.relation());
        double looked = Math.max(left.rows(), right.rows());
        double held = Math.min(left.rows(), right.rows());
        double cost = left.cost() + right.cost() + looked + HELD_ROW * held + result;
        return new Tree(left.relations() | right.relations(), left, right, result, cost);
    }

    private Tree join(Tree one, Tree other, double known, boolean connected) {
        Tree left = one.rows() >= other.rows() ? one : other;
        Tree right = left == one ? other : one;
        double result = known >= 0
                ? known
                : left.rows() * right.rows() * predicates.selectivity(left.relations(), right.relations());
        boolean isLookUp = connected && predicates.haveEqualColumns(left.relations(), right.relations());
        double pairs = isLookUp ? left.rows() : left.rows() * Math.max(1, right.rows());
        double cost = left.cost() + right.cost() + pairs + HELD_ROW * right.rows() + result;
        return new Tree(left.relations() | right.relations(), left, right, result, cost);
    }

    private Tree greedy() {
        List<Tree> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(leaf(i));
        }
        List<Tree> pairs = new ArrayList<>();
        for (int i = 1; i < parts.size(); i++) {
            addPairs(parts.subList(0, i), parts.get(i), pairs);
        }
        while (parts.size() > 1) {
            Tree joined = pairs.isEmpty() ? crossJoin(parts) : smallest(pairs);
            parts.removeIf(part -> (part.relations() & joined.relations()) != 0);
            pairs.removeIf(pair -> (pair.relations() & joined.relations()) != 0);
            addPairs(parts, joined, pairs);
            parts.add(joined);
        }
        return parts.get(0);
    }

    private void addPairs(List<Tree> parts, Tree another, List<Tree> pairs) {
        for (Tree part : parts) {
            Tree pair = join(part, another, -1);
            if (pair != null) {
                pairs.add(pair);
            }
        }
    }

    private static Tree smallest(List<Tree> pairs) {
        Tree smallest = pairs.get(0);
        for (Tree pair : pairs) {
            smallest = pair.rows() < smallest.rows() ? pair : smallest;
        }
        return smallest;
    }

    /** Of the two smallest parts, when no condition on two relations is left. */
    private Tree crossJoin(List<Tree> parts) {
        List<Tree> free = new ArrayList<>(parts);
        free.removeIf(this::isSemiJoined);
        free.sort((one, other) -> Double.compare(one.rows(), other.rows()));
        return join(free.get(0), requireNonNull(free.get(1)), -1, false);
    }
}
