// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import java.util.List;

/**
 * How values lie between the least and the greatest, as {@link ValuePosition}s: between two bounds that follow each other there
 * are as many values as between any other two. Immutable.
 *
 * @param bounds finite, in ascending order, at least two, or none if nothing is known
 * @param frequent values of which there are so many that they may lie on several bounds, none with the position of another value
 */
public record Histogram(List<Double> bounds, List<Frequent> frequent) {
    /** Nothing is known. */
    public static final Histogram UNKNOWN = new Histogram(List.of(), List.of());

    /** The most parts into which values are divided. */
    public static final int MAX_PARTS = 32;

    /**
     * A value that is there often.
     *
     * @param position of the value
     * @param part of the values, from 0 to 1
     */
    public record Frequent(double position, double part) {}

    public Histogram {
        bounds = List.copyOf(bounds);
        frequent = List.copyOf(frequent);
        if (bounds.size() == 1) {
            throw new IllegalArgumentException("bounds must be none or at least two, got: " + bounds);
        }
        for (int i = 0; i < bounds.size(); i++) {
            if (!Double.isFinite(bounds.get(i)) || i > 0 && bounds.get(i - 1) > bounds.get(i)) {
                throw new IllegalArgumentException("bounds must be finite and ascend, got: " + bounds);
            }
        }
    }

    /** Whether it tells anything. */
    public boolean isKnown() {
        return !bounds.isEmpty();
    }

    /** The part of the values from one position to another, both included, from 0 to 1. */
    public double partBetween(double from, double to) {
        return Math.max(0, partUpTo(to) - partBelow(from));
    }

    /** The part of the values before a position. */
    private double partBelow(double position) {
        int next = 0;
        while (next < bounds.size() && bounds.get(next) < position) {
            next++;
        }
        return partBefore(next, position);
    }

    /** The part of the values before a position or at it. */
    private double partUpTo(double position) {
        int next = 0;
        while (next < bounds.size() && bounds.get(next) <= position) {
            next++;
        }
        return next > 0 && bounds.get(next - 1) == position
                ? (double) (next - 1) / (bounds.size() - 1)
                : partBefore(next, position);
    }

    /** @param next the first bound behind the position, or as many as there are */
    private double partBefore(int next, double position) {
        if (next == 0 || next == bounds.size()) {
            return next == 0 ? 0 : 1;
        }
        double low = bounds.get(next - 1);
        double width = bounds.get(next) - low;
        double inside = width > 0 ? (position - low) / width : 0;
        return (next - 1 + Math.min(1, inside)) / (bounds.size() - 1);
    }

    /** The part of the values that is one value, if it is a frequent one; else 0. */
    public double partOf(double position) {
        for (Frequent each : frequent) {
            if (each.position() == position) {
                return each.part();
            }
        }
        return 0;
    }

    /** The part of the values that all frequent ones are together. */
    public double frequentPart() {
        return Math.min(1, frequent.stream().mapToDouble(Frequent::part).sum());
    }
}
