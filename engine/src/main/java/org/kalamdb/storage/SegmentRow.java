// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;
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
    Object[] values(PageCache pages) {
        SegmentFile file = segment.file();
        int page = file.pageOf(row);
        int rowInPage = row - file.firstRow(page);
        List<SegmentColumn> columns = segment.entry().columns();
        int count = (int) columns.stream()
                .filter(column -> column.columnId() != SegmentColumn.ROW_ID)
                .count();
        @Nullable Object[] values = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = pages.page(segment, i, page).storedValue(rowInPage);
        }
        return values;
    }
}
