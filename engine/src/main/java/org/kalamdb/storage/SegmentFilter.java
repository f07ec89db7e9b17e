// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.ScanFilter.AnyOf;
import org.kalamdb.storage.ScanFilter.Comparison;
import org.kalamdb.storage.ScanFilter.Condition;
import org.kalamdb.storage.ScanFilter.NullTest;
import org.kalamdb.storage.ScanFilter.Relation;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentEntry;

/**
 * Which segments, and which pages of them, may have rows that a scan wants, by the least and greatest values of their columns.
 * Values are compared as keys are, by their bytes. Immutable.
 */
final class SegmentFilter {
    /** Leaves out nothing. */
    static final SegmentFilter NONE = new SegmentFilter(List.of());

    private final List<Test> tests;

    /** One condition, as far as bounds can tell. */
    private sealed interface Test {
        boolean mayHold(Function<ColumnDefinition, ColumnBounds> bounds);
    }

    private SegmentFilter(List<Test> tests) {
        this.tests = tests;
    }

    SegmentFilter(TableDefinition table, ScanFilter filter) {
        List<Test> known = new ArrayList<>();
        for (Condition condition : filter.conditions()) {
            if (condition instanceof NullTest test) {
                known.add(new OfNull(SystemColumns.column(table, test.column()), test.isNull()));
            } else if (condition instanceof Comparison comparison) {
                ColumnDefinition column = SystemColumns.column(table, comparison.column());
                if (ColumnBounds.areOrdered(column.dataType())) {
                    known.add(new OfValues(column, comparison.relation(), bytes(column, comparison.values())));
                }
            } else {
                known.add(new OfAny(((AnyOf) condition)
                        .alternatives().stream()
                                .map(alternative -> new SegmentFilter(table, alternative))
                                .toList()));
            }
        }
        this.tests = List.copyOf(known);
    }

    private static List<byte[]> bytes(ColumnDefinition column, List<Object> values) {
        return values.stream()
                .map(value -> ColumnBounds.bytes(column.dataType(), value))
                .toList();
    }

    boolean mayMatch(SegmentEntry entry) {
        return mayMatch(column -> ColumnBounds.of(entry, column));
    }

    /** @param page counted in the segment */
    boolean mayMatch(Segment segment, int page) {
        return tests.isEmpty() || mayMatch(column -> ColumnBounds.ofPage(segment, column, page));
    }

    private boolean mayMatch(Function<ColumnDefinition, ColumnBounds> bounds) {
        for (Test test : tests) {
            if (!test.mayHold(bounds)) {
                return false;
            }
        }
        return true;
    }

    private record OfNull(ColumnDefinition column, boolean isNull) implements Test {
        @Override
        public boolean mayHold(Function<ColumnDefinition, ColumnBounds> bounds) {
            ColumnBounds known = bounds.apply(column);
            return isNull ? known.hasNulls() : known.hasValues();
        }
    }

    private record OfValues(ColumnDefinition column, Relation relation, List<byte[]> values) implements Test {
        @Override
        public boolean mayHold(Function<ColumnDefinition, ColumnBounds> bounds) {
            ColumnBounds known = bounds.apply(column);
            // What is NULL relates to no value.
            return known.hasValues()
                    && values.stream().anyMatch(value -> mayRelate(relation, value, known.min(), known.max()));
        }
    }

    private record OfAny(List<SegmentFilter> alternatives) implements Test {
        @Override
        public boolean mayHold(Function<ColumnDefinition, ColumnBounds> bounds) {
            return alternatives.stream().anyMatch(alternative -> alternative.mayMatch(bounds));
        }
    }

    private static boolean mayRelate(Relation relation, byte[] value, byte @Nullable [] min, byte @Nullable [] max) {
        // How the least and the greatest value relate to this one; unknown ones lie beyond it.
        int least = min == null ? -1 : Arrays.compareUnsigned(min, value);
        int greatest = max == null ? 1 : Arrays.compareUnsigned(max, value);
        return switch (relation) {
            case EQUAL -> least <= 0 && greatest >= 0;
            case LESS -> least < 0;
            case LESS_OR_EQUAL -> least <= 0;
            case GREATER -> greatest > 0;
            case GREATER_OR_EQUAL -> greatest >= 0;
        };
    }
}
