// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.ScanFilter.Comparison;
import org.kalamdb.storage.ScanFilter.Condition;
import org.kalamdb.storage.ScanFilter.NullTest;
import org.kalamdb.storage.ScanFilter.Relation;
import org.kalamdb.storage.cold.SegmentEntry;

/**
 * Which segments may have rows that a scan wants, by what the manifest says of the least and greatest values of their
 * columns. Values are compared as keys are, by their bytes. Confined to one thread.
 */
final class SegmentFilter {
    private final List<Test> tests = new ArrayList<>();

    /** @param values in bytes; none for a test of NULL */
    private record Test(Condition condition, ColumnDefinition column, List<byte[]> values) {}

    SegmentFilter(TableDefinition table, ScanFilter filter) {
        for (Condition condition : filter.conditions()) {
            ColumnDefinition column = SystemColumns.column(table, condition.column());
            if (condition instanceof NullTest) {
                tests.add(new Test(condition, column, List.of()));
            } else if (ColumnBounds.areOrdered(column.dataType())) {
                List<byte[]> values = ((Comparison) condition)
                        .values().stream()
                                .map(value -> ColumnBounds.bytes(column.dataType(), value))
                                .toList();
                tests.add(new Test(condition, column, values));
            }
        }
    }

    boolean mayMatch(SegmentEntry entry) {
        for (Test test : tests) {
            if (!mayMatch(test, ColumnBounds.of(entry, test.column()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayMatch(Test test, ColumnBounds bounds) {
        if (test.condition() instanceof NullTest nullTest) {
            return nullTest.isNull() ? bounds.hasNulls() : bounds.hasValues();
        }
        // What is NULL relates to no value.
        Relation relation = ((Comparison) test.condition()).relation();
        return bounds.hasValues()
                && test.values().stream().anyMatch(value -> mayRelate(relation, value, bounds.min(), bounds.max()));
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
