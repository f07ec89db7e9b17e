// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.storage.cold.ColumnCache;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentEntry;
import org.kalamdb.storage.cold.SegmentFile;
import org.kalamdb.storage.row.KeyEncoder;
import org.kalamdb.storage.row.KeySpan;

/** The row keys of a segment, made of its key columns. Safe for use by several threads. */
final class SegmentKeys {
    private final Segment segment;
    private final ColumnCache pages;

    SegmentKeys(Segment segment, ColumnCache pages) {
        this.segment = segment;
        this.pages = pages;
    }

    /** Whether the segment's keys lie partly in a span. */
    static boolean intersects(Segment segment, KeySpan span) {
        return Arrays.compareUnsigned(segment.entry().summary().maxKey(), span.lower()) >= 0
                && Arrays.compareUnsigned(segment.entry().summary().minKey(), span.upper()) < 0;
    }

    /** Whether all keys are at or behind the beginning of a span. */
    static boolean beginsIn(Segment segment, KeySpan span) {
        return Arrays.compareUnsigned(segment.entry().summary().minKey(), span.lower()) >= 0;
    }

    /** Whether all keys are before the end of a span. */
    static boolean endsIn(Segment segment, KeySpan span) {
        return Arrays.compareUnsigned(segment.entry().summary().maxKey(), span.upper()) < 0;
    }

    /** The row of a key, counted in the segment, or -1 if there is none; it may be masked. */
    int find(byte[] key) {
        SegmentEntry entry = segment.entry();
        if (Arrays.compareUnsigned(key, entry.summary().minKey()) < 0
                || Arrays.compareUnsigned(key, entry.summary().maxKey()) > 0) {
            return -1;
        }
        SegmentFile file = segment.file();
        if (!file.mayContain(key)) {
            return -1;
        }
        int row = search(key);
        return row >= 0 ? row : -1;
    }

    /** The first row whose key is not less than a key; the number of rows if there is none. */
    int lowerBound(byte[] key) {
        int row = search(key);
        return row >= 0 ? row : -row - 1;
    }

    /** The key of a row, counted in the segment. */
    byte[] key(int row) {
        SegmentFile file = segment.file();
        int page = file.pageOf(row);
        return page(page).key(row - file.firstRow(page));
    }

    /** As {@link Arrays#binarySearch(int[], int)} over the keys of all rows. */
    private int search(byte[] key) {
        SegmentFile file = segment.file();
        int page = file.findPage(key);
        if (page < 0) {
            return -1;
        }
        Page keys = page(page);
        int low = file.firstRow(page);
        int high = file.firstRow(page + 1) - 1;
        int first = low;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(keys.key(middle - first), key);
            if (order < 0) {
                low = middle + 1;
            } else if (order > 0) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -(low + 1);
    }

    /** The keys of all rows of a page. */
    Page page(int page) {
        List<Integer> indexes = segment.entry().keyIndexes();
        ColumnVector[] columns = new ColumnVector[indexes.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = pages.page(segment, indexes.get(i), page);
        }
        return new Page(segment.entry(), columns);
    }

    /** The keys of the rows of one page. */
    static final class Page {
        private final long objectId;
        private final @Nullable String user;
        private final ColumnVector[] columns;

        /** @param columns the page of each key column, in key order */
        Page(SegmentEntry entry, ColumnVector[] columns) {
            this.objectId = entry.objectId();
            this.user = entry.user();
            this.columns = columns;
        }

        /** The key of a row, counted in the page. */
        byte[] key(int row) {
            KeyEncoder encoder = new KeyEncoder().unsignedInt(objectId);
            if (user != null) {
                encoder.text(user);
            }
            for (ColumnVector column : columns) {
                encoder.value(column.type(), requireNonNull(column.storedValue(row)));
            }
            return encoder.toBytes();
        }
    }
}
