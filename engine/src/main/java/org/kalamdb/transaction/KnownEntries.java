// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The committed entries of a range of keys that are on the heap, read one after the other in ascending or descending order.
 * Confined to one thread.
 */
public final class KnownEntries {
    private final List<Part> parts = new ArrayList<>(2);
    private int size;
    private boolean descending;
    private int part = -1;
    private EntryList entries = EntryList.EMPTY;
    private int index;
    private int last = -1;

    /** Some entries of a list. @param to exclusive */
    private record Part(EntryList entries, int from, int to) {}

    KnownEntries() {}

    /** Appends entries that follow those before. */
    void append(EntryList list, int from, int to) {
        if (from < to) {
            parts.add(new Part(list, from, to));
            size += to - from;
        }
    }

    /** How many entries there are. */
    public int size() {
        return size;
    }

    /** Begins at the other end. Called before the first entry is read. */
    public KnownEntries descending() {
        descending = true;
        return this;
    }

    /** Goes to the next entry. Returns false at the end. */
    public boolean next() {
        if (part >= 0 && index != last) {
            index += descending ? -1 : 1;
            return true;
        }
        if (part + 1 == parts.size()) {
            return false;
        }
        part++;
        Part next = parts.get(descending ? parts.size() - 1 - part : part);
        entries = next.entries();
        index = descending ? next.to() - 1 : next.from();
        last = descending ? next.from() : next.to() - 1;
        return true;
    }

    /** A copy of the key here. */
    public byte[] key() {
        return entries.key(index);
    }

    /** A copy of the value here. */
    public byte[] value() {
        return Arrays.copyOfRange(entries.values(), valueStart(), valueEnd());
    }

    /** The array with the value here; not to be changed. */
    public byte[] values() {
        return entries.values();
    }

    /** Where the value begins in {@link #values()}. */
    public int valueStart() {
        return entries.valueStart(index);
    }

    /** Where the value ends in {@link #values()}. */
    public int valueEnd() {
        return entries.valueEnd(index);
    }
}
