// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.nio.ByteBuffer;
import org.kalamdb.storage.row.KeyEncoder;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.transaction.KeySpace;

/**
 * The keys of {@link KeySpace#SEGMENTS}. Behind a tag and the table's object id:
 *
 * <ul>
 *   <li>{@code m}, segment id: the manifest's entry of a segment;
 *   <li>{@code d}, segment id, row: the row of the segment, counted from 0, is gone (masked);
 *   <li>{@code v}: how often the table's set of segments has changed.
 * </ul>
 */
final class SegmentKeySpace {
    /** The value of a key that says everything by being there. */
    static final byte[] PRESENT = {1};

    private static final byte MANIFEST = 'm';
    private static final byte MASK = 'd';
    private static final byte VERSION = 'v';

    private SegmentKeySpace() {}

    static byte[] manifest(long objectId, long segmentId) {
        return key(MANIFEST, objectId, Long.BYTES).putLong(segmentId).array();
    }

    static byte[] mask(long objectId, long segmentId, int row) {
        return key(MASK, objectId, Long.BYTES + Integer.BYTES)
                .putLong(segmentId)
                .putInt(row)
                .array();
    }

    static byte[] version(long objectId) {
        return key(VERSION, objectId, 0).array();
    }

    /** The entries of all segments of a table. */
    static KeySpan manifest(long objectId) {
        return prefix(key(MANIFEST, objectId, 0).array());
    }

    /** The entries of all segments of all tables. */
    static KeySpan manifest() {
        return prefix(new byte[] {MANIFEST});
    }

    /** The masks of all segments of a table. */
    static KeySpan masks(long objectId) {
        return prefix(key(MASK, objectId, 0).array());
    }

    /** The masks of a segment. */
    static KeySpan masks(long objectId, long segmentId) {
        return prefix(key(MASK, objectId, Long.BYTES).putLong(segmentId).array());
    }

    /** The row that the key of a mask names. */
    static int maskedRow(byte[] key) {
        return ByteBuffer.wrap(key).getInt(key.length - Integer.BYTES);
    }

    /** The segment that the key of a mask names. */
    static long maskedSegment(byte[] key) {
        return ByteBuffer.wrap(key).getLong(1 + Integer.BYTES);
    }

    /** The table that any key names. */
    static long objectId(byte[] key) {
        return ByteBuffer.wrap(key).getInt(1) & 0xffff_ffffL;
    }

    private static ByteBuffer key(byte tag, long objectId, int more) {
        return ByteBuffer.allocate(1 + Integer.BYTES + more).put(tag).putInt((int) objectId);
    }

    private static KeySpan prefix(byte[] prefix) {
        return new KeySpan(prefix, KeyEncoder.successor(prefix));
    }
}
