// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import java.nio.ByteBuffer;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowHeader;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.storage.row.Varints;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.Transaction;

/**
 * The rows of STREAM tables in the order of their arrival, in {@link KeySpace#ARRIVALS}, so that the oldest are found without
 * reading the others. A key is the row's key with the time behind the number of the table, its value the bytes that the
 * row takes.
 */
final class Arrivals {
    private Arrivals() {}

    private static boolean areKept(TableDefinition table) {
        return table.type() == TableType.STREAM;
    }

    /** Told of a row that is written, under a key that has no other. */
    static void add(Transaction transaction, TableDefinition table, byte[] rowKey, byte[] row) {
        if (areKept(table)) {
            int size = rowKey.length + row.length;
            byte[] value = new byte[Varints.size(size)];
            Varints.put(value, 0, size);
            transaction.put(table, KeySpace.ARRIVALS, key(rowKey, RowHeader.time(row)), value);
            transaction.countBytes(table, size);
        }
    }

    /** Told of a row that is removed or about to be replaced. */
    static void remove(Transaction transaction, TableDefinition table, byte[] rowKey, byte[] row) {
        if (areKept(table)) {
            transaction.delete(table, KeySpace.ARRIVALS, key(rowKey, RowHeader.time(row)));
            transaction.countBytes(table, -(rowKey.length + row.length));
        }
    }

    private static byte[] key(byte[] rowKey, long micros) {
        return ByteBuffer.allocate(rowKey.length + Long.BYTES)
                .put(rowKey, 0, Integer.BYTES)
                .putLong(sortable(micros))
                .put(rowKey, Integer.BYTES, rowKey.length - Integer.BYTES)
                .array();
    }

    /** The key of the row that a key here is of. */
    static byte[] rowKey(byte[] key) {
        int rest = Integer.BYTES + Long.BYTES;
        return ByteBuffer.allocate(key.length - Long.BYTES)
                .put(key, 0, Integer.BYTES)
                .put(key, rest, key.length - rest)
                .array();
    }

    /** The bytes of a row. */
    static int size(byte[] value) {
        return Varints.get(value, 0);
    }

    /** All rows of a table, the oldest first. */
    static KeySpan all(TableDefinition table) {
        return RowKeys.table(table.objectId());
    }

    /** The rows of a table that arrived before a time. */
    static KeySpan before(TableDefinition table, long micros) {
        KeySpan all = all(table);
        byte[] end = ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .put(all.lower())
                .putLong(sortable(micros))
                .array();
        return new KeySpan(all.lower(), end);
    }

    /** Bytes of which sort as the times do, those before 1970 too. */
    private static long sortable(long micros) {
        return micros ^ Long.MIN_VALUE;
    }
}
