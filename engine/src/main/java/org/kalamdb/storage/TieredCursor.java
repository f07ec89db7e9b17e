// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.storage.cold.Segment;

/** Cursors one after the other, with the segments they read kept in place. Confined to one thread. */
final class TieredCursor implements RowCursor {
    private final List<RowCursor> parts;
    private final List<Segment> segments;
    private int current;
    private boolean closed;

    /**
     * @param parts closed with this cursor
     * @param segments pinned already; unpinned when this cursor is closed
     */
    TieredCursor(List<RowCursor> parts, List<Segment> segments) {
        this.parts = List.copyOf(parts);
        this.segments = List.copyOf(segments);
    }

    @Override
    public @Nullable ColumnBatch next() {
        while (!closed && current < parts.size()) {
            ColumnBatch batch = parts.get(current).next();
            if (batch != null) {
                return batch;
            }
            parts.get(current).close();
            if (current + 1 < parts.size()) {
                current++;
            } else {
                close();
            }
        }
        return null;
    }

    @Override
    public byte[] rowKey(int row) {
        return parts.get(current).rowKey(row);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            parts.forEach(RowCursor::close);
            segments.forEach(Segment::unpin);
        }
    }
}
