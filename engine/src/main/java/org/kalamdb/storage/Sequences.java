// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.TableDefinition;

/** The counters of a database: sequences, identity columns and hidden row ids. Safe for use by several threads. */
public final class Sequences {
    private static final byte TAG = 's';
    private static final long ROW_ID = 0;
    /** Of a sequence, which has one counter only. */
    private static final long NUMBERS = 0;

    private static final int IDENTITY_BLOCK = 256;
    private static final int ROW_ID_BLOCK = 4096;
    private static final int SEGMENT_ID_BLOCK = 16;
    /** No table has this object id. */
    private static final Key SEGMENT_ID = new Key(0, 0);

    private static final Key COMMIT_NUMBER_BLOCK = new Key(0, 1);

    private final MetaStore meta;
    private final ConcurrentHashMap<Key, Sequence> sequences = new ConcurrentHashMap<>();

    Sequences(MetaStore meta) {
        this.meta = meta;
    }

    /**
     * The counter of an identity column. It survives ALTER, which keeps the column's id.
     *
     * @throws KalamException INVALID_DEFINITION if the column is not numbered by the engine
     */
    public Sequence identity(TableDefinition table, ColumnDefinition column) {
        Key key = new Key(table.objectId(), column.columnId());
        Sequence sequence = sequences.get(key);
        return sequence != null ? sequence : sequences.computeIfAbsent(key, k -> loadIdentity(k, table, column));
    }

    /** The counter of a sequence. */
    public Sequence numbers(SequenceDefinition sequence) {
        Key key = new Key(sequence.objectId(), NUMBERS);
        Sequence counter = sequences.get(key);
        return counter != null
                ? counter
                : sequences.computeIfAbsent(
                        key,
                        k -> Sequence.load(meta, k.bytes(), sequence.start(), sequence.increment(), IDENTITY_BLOCK));
    }

    /** The counter of hidden row ids of a table without primary key: 1, 2, 3 and so on. */
    Sequence rowIds(TableDefinition table) {
        Key key = new Key(table.objectId(), ROW_ID);
        Sequence sequence = sequences.get(key);
        return sequence != null
                ? sequence
                : sequences.computeIfAbsent(key, k -> Sequence.load(meta, k.bytes(), 1, 1, ROW_ID_BLOCK));
    }

    /** The counter of segments of all tables. */
    Sequence segmentIds() {
        return sequences.computeIfAbsent(SEGMENT_ID, k -> Sequence.load(meta, k.bytes(), 1, 1, SEGMENT_ID_BLOCK));
    }

    /**
     * Stores what the counters of a table or sequence in another database have reached as that of one which nobody uses yet.
     */
    void copyFrom(Sequences source, long from, long to) {
        source.meta.forEach(new Key(from, 0).tablePrefix(), (key, value) -> {
            ByteBuffer copied = ByteBuffer.wrap(key.clone());
            meta.put(copied.putLong(1, to).array(), value);
        });
    }

    /** The counter of blocks of commit numbers: 0, 1, 2 and so on. */
    Sequence commitNumberBlocks() {
        return sequences.computeIfAbsent(COMMIT_NUMBER_BLOCK, k -> Sequence.load(meta, k.bytes(), 0, 1, 1));
    }

    /** Drops all counters of a table or sequence. */
    public void forget(long objectId) {
        sequences.keySet().removeIf(key -> key.objectId() == objectId);
        meta.deletePrefix(new Key(objectId, 0).tablePrefix());
    }

    /** Stores the exact next numbers, so that an orderly end leaves no gap. */
    void flush() {
        sequences.values().forEach(Sequence::flush);
    }

    private Sequence loadIdentity(Key key, TableDefinition table, ColumnDefinition column) {
        IdentityDefinition identity = column.identity();
        if (identity == null) {
            throw new KalamException(
                    ErrorCode.INVALID_DEFINITION,
                    "Column \"" + column.name() + "\" of table " + table.id() + " is not an identity column");
        }
        return Sequence.load(meta, key.bytes(), identity.start(), identity.increment(), IDENTITY_BLOCK);
    }

    private record Key(long objectId, long columnId) {
        byte[] bytes() {
            return ByteBuffer.allocate(1 + 2 * Long.BYTES)
                    .put(TAG)
                    .putLong(objectId)
                    .putLong(columnId)
                    .array();
        }

        byte[] tablePrefix() {
            return ByteBuffer.allocate(1 + Long.BYTES)
                    .put(TAG)
                    .putLong(objectId)
                    .array();
        }
    }
}
