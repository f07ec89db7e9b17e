// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.row.KeyRange;

/** Scans of ranges that do not overlap, one after the other, each opened when its turn comes. Confined to one thread. */
final class ConsecutiveScans implements RowCursor {
    private final Iterator<KeyRange> ranges;
    private final Function<KeyRange, RowCursor> scan;
    private @Nullable RowCursor current;

    /** @param scan opens the scan of a range */
    ConsecutiveScans(Set<KeyRange> ranges, Function<KeyRange, RowCursor> scan) {
        this.ranges = ranges.iterator();
        this.scan = scan;
    }

    @Override
    public @Nullable ColumnBatch next() {
        while (true) {
            RowCursor open = current;
            ColumnBatch batch = open == null ? null : open.next();
            if (batch != null) {
                return batch;
            }
            close();
            if (!ranges.hasNext()) {
                return null;
            }
            current = scan.apply(ranges.next());
        }
    }

    @Override
    public byte[] rowKey(int row) {
        return java.util.Objects.requireNonNull(current).rowKey(row);
    }

    @Override
    public void close() {
        RowCursor open = current;
        if (open != null) {
            current = null;
            open.close();
        }
    }
}
