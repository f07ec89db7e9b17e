// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The cached ranges of one table or index, which do not overlap. Safe for use by several threads.
 *
 * <p>A range holds what every snapshot sees that is not older than the range, as long as it is here: a commit that changes a
 * key of it removes it before it is applied, and a range is not added if such a commit may have come between its snapshot
 * and the addition.
 */
final class CachedRanges {
    /** Of so many keys that were written last it is known whether they lie in a range. */
    private static final int REMEMBERED_KEYS = 32;

    private final RangeCache owner;
    private final long id;
    private final ConcurrentSkipListMap<byte[], CachedRange> ranges =
            new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    /** Guards all that follows, and every change of the ranges. */
    private final ReentrantLock mutex = new ReentrantLock();

    private final byte[][] writtenKeys = new byte[REMEMBERED_KEYS][];
    private final long[] writtenBy = new long[REMEMBERED_KEYS];
    private int nextWritten;
    /** The last commit some of whose keys are not remembered. */
    private long forgotten;
    /** Whether all commits after that one are known. */
    private boolean started;

    /** @param id of the table or index in its owner */
    CachedRanges(RangeCache owner, long id) {
        this.owner = owner;
        this.id = id;
    }

    long id() {
        return id;
    }

    /** Says that all commits with a greater number tell of their changes. Until then nothing is added. */
    void startAfter(long number) {
        mutex.lock();
        try {
            forgotten = Math.max(forgotten, number);
            started = true;
        } finally {
            mutex.unlock();
        }
    }

    /**
     * The entries of a range that a snapshot sees, or null if they are not all here.
     *
     * @param enough how many of the first entries suffice
     * @param time the last commit that is surely part of the snapshot
     */
    @Nullable
    KnownEntries at(long time, byte[] lower, byte[] upper, long enough) {
        return find(time, lower, upper, enough, new ArrayList<>(2));
    }

    /** As {@link #at}, as they are at a moment during the call. */
    @Nullable
    KnownEntries latest(byte[] lower, byte[] upper, long enough) {
        List<CachedRange> read = new ArrayList<>(2);
        KnownEntries known = find(Long.MAX_VALUE, lower, upper, enough, read);
        // Ranges that are all current after the last was found were so together.
        for (CachedRange range : read) {
            if (!range.isCurrent()) {
                return null;
            }
        }
        return known;
    }

    private @Nullable KnownEntries find(long time, byte[] lower, byte[] upper, long enough, List<CachedRange> read) {
        KnownEntries known = new KnownEntries();
        byte[] from = lower;
        while (true) {
            Map.Entry<byte[], CachedRange> entry = ranges.floorEntry(from);
            CachedRange range = entry == null ? null : entry.getValue();
            if (range == null || range.time() > time || !range.contains(from)) {
                return null;
            }
            range.use();
            read.add(range);
            EntryList entries = range.entries();
            boolean isLast = Arrays.compareUnsigned(upper, range.upper()) <= 0;
            known.append(entries, entries.ceiling(from), isLast ? entries.ceiling(upper) : entries.size());
            if (isLast || known.size() >= enough) {
                return known;
            }
            from = range.upper();
        }
    }

    /** Adds a range, as far as it is not here, unless a commit may have changed it since. */
    void add(byte[] lower, byte[] upper, long time, EntryList entries) {
        CachedRange added;
        mutex.lock();
        try {
            if (hasChangedSince(time, lower, upper)) {
                return;
            }
            added = missing(lower, upper, time, entries);
            if (added == null) {
                return;
            }
            ranges.put(added.lower(), added);
        } finally {
            mutex.unlock();
        }
        owner.added(this, added);
    }

    private boolean hasChangedSince(long time, byte[] lower, byte[] upper) {
        if (!started || forgotten > time) {
            return true;
        }
        for (int i = 0; i < REMEMBERED_KEYS; i++) {
            if (writtenBy[i] > time
                    && Arrays.compareUnsigned(writtenKeys[i], lower) >= 0
                    && Arrays.compareUnsigned(writtenKeys[i], upper) < 0) {
                return true;
            }
        }
        return false;
    }

    /** The range without what is here at its ends; ranges inside of it make room. Null if nothing is left of it. */
    private @Nullable CachedRange missing(byte[] lower, byte[] upper, long time, EntryList entries) {
        Map.Entry<byte[], CachedRange> before = ranges.floorEntry(lower);
        byte[] from = before != null && before.getValue().contains(lower)
                ? before.getValue().upper()
                : lower;
        Map.Entry<byte[], CachedRange> behind = ranges.lowerEntry(upper);
        byte[] to = behind != null && Arrays.compareUnsigned(behind.getValue().upper(), upper) > 0
                ? behind.getValue().lower()
                : upper;
        if (Arrays.compareUnsigned(from, to) >= 0) {
            return null;
        }
        Map<byte[], CachedRange> inside = ranges.subMap(from, true, to, false);
        // Nobody tells them of changes any more.
        inside.values().forEach(CachedRange::outdate);
        inside.clear();
        return new CachedRange(from, to, time, entries.part(entries.ceiling(from), entries.ceiling(to)));
    }

    /** Removes the range that a commit is about to change, if there is one. */
    void change(byte[] key, long number) {
        mutex.lock();
        try {
            forgotten = Math.max(forgotten, writtenBy[nextWritten]);
            writtenKeys[nextWritten] = key;
            writtenBy[nextWritten] = number;
            nextWritten = (nextWritten + 1) % REMEMBERED_KEYS;
            Map.Entry<byte[], CachedRange> entry = ranges.floorEntry(key);
            if (entry != null && entry.getValue().contains(key)) {
                entry.getValue().outdate();
                ranges.remove(entry.getKey());
            }
        } finally {
            mutex.unlock();
        }
    }

    /** Makes room. Returns whether nothing is left. */
    boolean remove(CachedRange range) {
        mutex.lock();
        try {
            range.outdate();
            ranges.remove(range.lower(), range);
            return ranges.isEmpty();
        } finally {
            mutex.unlock();
        }
    }
}
