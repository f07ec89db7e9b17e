// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.Arrays;

/**
 * Takes what a cursor reads of a range, to keep it for the next reader if the range is a short one. Confined to one thread.
 */
public final class RangeCollector {
    private static final int MAX_ENTRIES = 256;
    private static final int MAX_BYTES = 1 << 16;

    private final CachedRanges ranges;
    private final byte[] lower;
    private final byte[] upper;
    private final long time;
    private final EntryList.Builder entries = new EntryList.Builder();
    private byte[] lastKey = {};
    private boolean open = true;

    /** @param time the last commit that is surely part of what is read */
    RangeCollector(CachedRanges ranges, byte[] lower, byte[] upper, long time) {
        this.ranges = ranges;
        this.lower = lower;
        this.upper = upper;
        this.time = time;
    }

    /** Whether more entries are taken. A range that is too long is not kept. */
    public boolean isOpen() {
        return open;
    }

    /** Takes the next entry. The value is {@code source} from one index to another, exclusive. */
    public void add(byte[] key, byte[] source, int from, int to) {
        if (!open) {
            return;
        }
        if (entries.size() == MAX_ENTRIES || entries.sizeInBytes() + key.length + to - from > MAX_BYTES) {
            open = false;
            return;
        }
        entries.add(key, source, from, to);
        lastKey = key;
    }

    /** Called when there are no more entries in the range. */
    public void end() {
        finish(upper);
    }

    /** Called when nobody reads any further. */
    public void stop() {
        if (entries.size() > 0) {
            finish(Arrays.copyOf(lastKey, lastKey.length + 1));
        }
    }

    private void finish(byte[] end) {
        if (open) {
            open = false;
            ranges.add(lower, end, time, entries.build());
        }
    }
}
