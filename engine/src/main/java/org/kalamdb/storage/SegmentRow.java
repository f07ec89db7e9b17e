// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.cold.ColumnCache;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentColumn;
import org.kalamdb.storage.cold.SegmentFile;

/**
 * A row in a segment. Immutable.
 *
 * @param row counted in the segment, from 0
 */
record SegmentRow(Segment segment, int row) {
    /** The stored values of all columns of the table, as of the segment's schema version. */
    @Nullable
    Object[] values(ColumnCache pages) {
        List<SegmentColumn> columns = segment.entry().columns();
        int count =
                (int) columns.stream().filter(column -> !column.isOfEngine()).count();
        @Nullable Object[] values = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = value(i, pages);
        }
        return values;
    }

    /** The number of the commit that wrote the row; 0 if the segment is older than such numbers. */
    long seq(ColumnCache pages) {
        int column = segment.entry().indexOf(SegmentColumn.SEQ);
        return column < 0 ? 0 : (Long) requireNonNull(value(column, pages));
    }

    private @Nullable Object value(int column, ColumnCache pages) {
        SegmentFile file = segment.file();
        int page = file.pageOf(row);
        return pages.page(segment, column, page).storedValue(row - file.firstRow(page));
    }
}
