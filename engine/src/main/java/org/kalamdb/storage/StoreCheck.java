// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.function.Consumer;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.StoreSnapshot;

/** What is stored beside the rows of known tables, and the files of the store as such. Confined to one thread. */
public final class StoreCheck {
    private final RocksStorage storage;
    private final Runnable cancellation;
    private final Consumer<Fault> listener;

    /** @param cancellation called again and again; throws if the check is not wanted any more */
    public StoreCheck(RocksStorage storage, Runnable cancellation, Consumer<Fault> listener) {
        this.storage = requireNonNull(storage, "storage is null");
        this.cancellation = requireNonNull(cancellation, "cancellation is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /** Compares every block of the key-value store's files with its checksum, and looks whether files are superfluous. */
    public void checkFiles() {
        storage.verifyFiles(cancellation, listener);
    }

    /**
     * Looks for rows and entries of numbers that nobody has.
     *
     * @param tables the object ids of all tables, and of those being dropped or filled
     * @param indexes the numbers of all indexes, and of those being dropped or built
     */
    public void checkOwners(StoreSnapshot snapshot, Set<Long> tables, Set<Long> indexes) {
        checkOwners(KeySpace.ROWS, "rows", snapshot, tables);
        checkOwners(KeySpace.TOMBSTONES, "deleted rows", snapshot, tables);
        checkOwners(KeySpace.ARRIVALS, "arrivals", snapshot, tables);
        checkOwners(KeySpace.INDEXES, "index entries", snapshot, indexes);
        storage.forEachKey(KeySpace.SEGMENTS, snapshot, SegmentKeySpace.manifest(), key -> {
            long objectId = SegmentKeySpace.objectId(key);
            if (!tables.contains(objectId)) {
                listener.accept(Fault.warning(
                        "manifest", "it names a segment of object " + objectId + ", which does not exist"));
            }
        });
    }

    private void checkOwners(KeySpace space, String what, StoreSnapshot snapshot, Set<Long> known) {
        KeySpan everything = new KeySpan(new byte[0], new byte[] {-1, -1, -1, -1});
        try (NativeCursor cursor = storage.cursor(space, snapshot, everything)) {
            cursor.enter();
            try {
                cursor.seek();
                while (cursor.isValid()) {
                    cancellation.run();
                    long owner = RowKeys.objectId(cursor.key());
                    if (!known.contains(owner)) {
                        listener.accept(
                                Fault.warning(what, "there are some of object " + owner + ", which does not exist"));
                    }
                    cursor.seek(RowKeys.table(owner).upper());
                }
            } finally {
                cursor.leave();
            }
        }
    }
}
