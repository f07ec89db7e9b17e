// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.transaction.KeySpace;

/**
 * Divides a span of keys into some that hold about as much each, by what RocksDB thinks lies between two keys. Keys are taken for
 * numbers, so that those between two are found by arithmetic; where most of them lie close together, this is done again there.
 * Confined to one thread.
 */
final class SpanDivision {
    private static final int PIECES = 32;
    private static final int MAX_DEPTH = 4;

    private final RocksStorage storage;
    private final KeySpace space;
    private final long bytesOfSpan;
    private final List<KeySpan> spans = new ArrayList<>();
    /** Where the span begins that is being put together. */
    private byte[] start;

    private long bytes;

    private SpanDivision(RocksStorage storage, KeySpace space, byte[] start, long bytesOfSpan) {
        this.storage = storage;
        this.space = space;
        this.start = start;
        this.bytesOfSpan = bytesOfSpan;
    }

    /**
     * @param count how many spans are wanted, about
     * @param minBytes how much each should hold at least
     * @return at least one, in the order of keys, which together are the whole span
     */
    static List<KeySpan> divide(RocksStorage storage, KeySpace space, KeySpan span, int count, long minBytes) {
        long total = storage.approximateBytes(space, List.of(span))[0];
        long bytesOfSpan = Math.max(minBytes, total / count);
        if (total < 2 * bytesOfSpan) {
            return List.of(span);
        }
        SpanDivision division = new SpanDivision(storage, space, span.lower(), bytesOfSpan);
        division.divide(span, total, 0);
        division.end(span.upper());
        return division.spans;
    }

    private void divide(KeySpan span, long bytesOfAll, int depth) {
        List<KeySpan> pieces = bytesOfAll > bytesOfSpan && depth < MAX_DEPTH ? pieces(span) : List.of(span);
        if (pieces.size() == 1) {
            bytes += bytesOfAll;
            return;
        }
        long[] sizes = storage.approximateBytes(space, pieces);
        for (int i = 0; i < sizes.length; i++) {
            divide(pieces.get(i), sizes[i], depth + 1);
            if (bytes >= bytesOfSpan) {
                end(pieces.get(i).upper());
            }
        }
    }

    private void end(byte[] end) {
        if (Arrays.compareUnsigned(start, end) < 0) {
            spans.add(new KeySpan(start, end));
        }
        start = end;
        bytes = 0;
    }

    /** Spans of the same width between the first and the last key. */
    private List<KeySpan> pieces(KeySpan span) {
        byte[] first;
        byte[] last;
        try (NativeCursor cursor = storage.cursor(space, null, span)) {
            first = first(cursor);
            last = last(cursor, span.upper());
        }
        if (first == null || last == null) {
            return List.of(span);
        }
        int common = Math.max(0, Arrays.mismatch(first, last));
        long from = number(first, common);
        long width = Long.divideUnsigned(number(last, common) - from, PIECES);
        List<KeySpan> pieces = new ArrayList<>();
        byte[] lower = span.lower();
        for (int i = 1; i < PIECES && width != 0; i++) {
            byte[] upper = key(first, common, from + i * width);
            // A key between two that are shorter than a number is not always one.
            if (Arrays.compareUnsigned(lower, upper) < 0 && Arrays.compareUnsigned(upper, span.upper()) < 0) {
                pieces.add(new KeySpan(lower, upper));
                lower = upper;
            }
        }
        pieces.add(new KeySpan(lower, span.upper()));
        return pieces;
    }

    private static byte @Nullable [] first(NativeCursor cursor) {
        cursor.enter();
        try {
            cursor.seek();
            return cursor.isValid() ? cursor.key() : null;
        } finally {
            cursor.leave();
        }
    }

    private static byte @Nullable [] last(NativeCursor cursor, byte[] end) {
        cursor.enter();
        try {
            cursor.seekBefore(end);
            return cursor.isValid() ? cursor.key() : null;
        } finally {
            cursor.leave();
        }
    }

    /** The eight bytes of a key from one on, zeros behind its end, as a number without sign. */
    private static long number(byte[] key, int from) {
        return ByteBuffer.wrap(Arrays.copyOfRange(key, from, from + Long.BYTES)).getLong();
    }

    private static byte[] key(byte[] prefix, int prefixLength, long number) {
        return ByteBuffer.allocate(prefixLength + Long.BYTES)
                .put(prefix, 0, prefixLength)
                .putLong(number)
                .array();
    }
}
