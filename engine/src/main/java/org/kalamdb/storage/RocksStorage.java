// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.Durability;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.cold.ColumnCache;
import org.kalamdb.storage.folder.DiskReserve;
import org.kalamdb.storage.folder.FolderLock;
import org.kalamdb.storage.folder.FolderState;
import org.kalamdb.storage.folder.ReaderRegistration;
import org.kalamdb.storage.rocks.NativeGate;
import org.kalamdb.storage.rocks.NativeOptions;
import org.kalamdb.storage.rocks.RocksErrors;
import org.kalamdb.storage.rocks.WriteBatchBytes;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowHeader;
import org.kalamdb.store.KeyValueStore;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.PendingWrites;
import org.kalamdb.transaction.StoreSnapshot;
import org.kalamdb.transaction.TableChange;
import org.kalamdb.transaction.VersionedStore;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.SstFileReader;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The key-value store of one database: in a folder, held for this process alone, or in memory. Safe for use by several
 * threads.
 *
 * <p>Column families: {@code default} for the format version and counters, {@code catalog} for definitions, and one for
 * each {@link KeySpace}. All share one log, so that after a crash none is ahead of another.
 */
public final class RocksStorage implements VersionedStore, AutoCloseable {
    /** Where the column families of key spaces begin. */
    private static final int FIRST_SPACE = 2;

    /** How much of the log may wait for the next opening. */
    private static final long LARGE_LOG_BYTES = 1 << 20;

    private final NativeGate gate = new NativeGate();
    private final Set<NativeCursor> cursors = ConcurrentHashMap.newKeySet();
    private final Set<RocksSnapshot> snapshots = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    private final @Nullable FolderLock folderLock;
    private final @Nullable DiskReserve reserve;
    private final boolean readOnly;
    private final NativeOptions options;
    private final RocksDB database;
    private final List<ColumnFamilyHandle> families;
    private final EnumMap<KeySpace, ColumnFamilyHandle> spaces = new EnumMap<>(KeySpace.class);
    private final ReadOptions latest = new ReadOptions();
    private final CatalogKeyValueStore catalog;
    private final MetaStore meta;
    private final Sequences sequences;
    private final CommitNumberBlocks commitNumbers;
    private final TableCounts counts;
    private final ColdTier cold;
    private final GreatestKeys greatestKeys = new GreatestKeys(this);
    private final ReentrantLock snapshotLock = new ReentrantLock();
    /** Guarded by the snapshot lock. */
    private long nextSnapshotNumber;

    /**
     * @param folderLock null if nothing is written, or in memory
     * @param reserve likewise
     */
    RocksStorage(
            @Nullable FolderLock folderLock,
            @Nullable DiskReserve reserve,
            NativeOptions options,
            RocksDB database,
            List<ColumnFamilyHandle> families,
            @Nullable Path coldFolder,
            StorageOptions storageOptions) {
        this.folderLock = folderLock;
        this.reserve = reserve;
        this.readOnly = folderLock == null && coldFolder != null;
        this.options = options;
        this.database = database;
        this.families = families;
        for (KeySpace space : KeySpace.values()) {
            spaces.put(space, families.get(FIRST_SPACE + space.ordinal()));
        }
        this.catalog = new CatalogKeyValueStore(this, families.get(1));
        this.meta = new MetaStore(this, families.get(0));
        this.sequences = new Sequences(meta);
        this.commitNumbers = new CommitNumberBlocks(sequences);
        this.counts = new TableCounts(meta);
        this.cold = new ColdTier(this, coldFolder, storageOptions.files(), storageOptions.columnCacheBytes());
    }

    /** The folder of the database, or null in memory. */
    public @Nullable Path folder() {
        return cold.isAvailable() ? cold.requireFolder().getParent() : null;
    }

    /** Whether nothing can be written. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** From which write on readers in other processes need segments; the greatest number if there are none. */
    long firstNeededByReaders() {
        Path own = folder();
        return own == null ? Long.MAX_VALUE : ReaderRegistration.firstNeeded(own);
    }

    /** Where the catalog keeps its definitions. */
    public KeyValueStore catalogStore() {
        return catalog;
    }

    /** The counters of identity columns and hidden row ids. */
    public Sequences sequences() {
        return sequences;
    }

    /** In the order of {@link StoreOpening}: the format and counters, the catalog, and the key spaces. */
    List<ColumnFamilyHandle> families() {
        return families;
    }

    MetaStore meta() {
        return meta;
    }

    TableCounts counts() {
        return counts;
    }

    @Override
    public StoreSnapshot snapshot() {
        gate.enter();
        try {
            snapshotLock.lock();
            try {
                RocksSnapshot snapshot = new RocksSnapshot(this, database.getSnapshot(), nextSnapshotNumber++);
                snapshots.add(snapshot);
                return snapshot;
            } finally {
                snapshotLock.unlock();
            }
        } finally {
            gate.leave();
        }
    }

    /** How many segments scans have read. */
    public SegmentStatistics segmentStatistics() {
        return cold.statistics();
    }

    /** Pages of segments as they were decoded. */
    public ColumnCache columnCache() {
        return cold.pages();
    }

    /** How many snapshots are held, each of which keeps old versions alive. */
    public int openSnapshotCount() {
        return snapshots.size();
    }

    void release(RocksSnapshot snapshot) {
        if (gate.tryEnter()) {
            try {
                snapshots.remove(snapshot);
                snapshot.dispose();
            } finally {
                gate.leave();
            }
        }
    }

    /** A number that every snapshot taken from now on reaches and none taken before. */
    long nextSnapshotNumber() {
        snapshotLock.lock();
        try {
            return nextSnapshotNumber;
        } finally {
            snapshotLock.unlock();
        }
    }

    /** The least number of an open snapshot, or of the next one if none is open. */
    long oldestSnapshotNumber() {
        snapshotLock.lock();
        try {
            return snapshots.stream().mapToLong(RocksSnapshot::number).min().orElse(nextSnapshotNumber);
        } finally {
            snapshotLock.unlock();
        }
    }

    void releaseNative(Snapshot snapshot) {
        database.releaseSnapshot(snapshot);
    }

    @Override
    public byte @Nullable [] get(KeySpace space, @Nullable StoreSnapshot snapshot, byte[] key) {
        if (space == KeySpace.ROWS && greatestKeys.isBeyond(key, snapshot)) {
            return null;
        }
        byte[] stored = getStored(space, snapshot, key);
        if (stored != null || space != KeySpace.ROWS || !cold.mayHold(key)) {
            return stored;
        }
        if (snapshot != null) {
            return cold.get(snapshot, key);
        }
        try (StoreSnapshot now = snapshot()) {
            byte[] hot = getStored(space, now, key);
            return hot != null ? hot : cold.get(now, key);
        }
    }

    @Override
    public List<byte @Nullable []> getAll(KeySpace space, @Nullable StoreSnapshot snapshot, List<byte[]> keys) {
        if (keys.size() == 1) {
            return Collections.singletonList(get(space, snapshot, keys.get(0)));
        }
        if (space == KeySpace.ROWS && areAllBeyond(keys, snapshot)) {
            return Collections.nCopies(keys.size(), null);
        }
        List<byte @Nullable []> values = new ArrayList<>(getStored(space, snapshot, keys));
        for (int i = 0; i < keys.size(); i++) {
            if (values.get(i) == null && space == KeySpace.ROWS && cold.mayHold(keys.get(i))) {
                values.set(i, get(space, snapshot, keys.get(i)));
            }
        }
        return values;
    }

    private boolean areAllBeyond(List<byte[]> keys, @Nullable StoreSnapshot snapshot) {
        for (byte[] key : keys) {
            if (!greatestKeys.isBeyond(key, snapshot)) {
                return false;
            }
        }
        return true;
    }

    private List<byte @Nullable []> getStored(KeySpace space, @Nullable StoreSnapshot snapshot, List<byte[]> keys) {
        gate.enter();
        try {
            List<ColumnFamilyHandle> families = Collections.nCopies(keys.size(), family(space));
            return database.multiGetAsList(readOptions(snapshot), families, keys);
        } catch (RocksDBException e) {
            throw RocksErrors.translate(e, "read from the database");
        } finally {
            gate.leave();
        }
    }

    /** What the key-value store itself holds: of rows only the hot ones. */
    byte @Nullable [] getStored(KeySpace space, @Nullable StoreSnapshot snapshot, byte[] key) {
        return get(family(space), snapshot, key);
    }

    /** What keys rows have had. */
    GreatestKeys greatestKeys() {
        return greatestKeys;
    }

    /** The rows that have left the key-value store. */
    ColdTier cold() {
        return cold;
    }

    byte @Nullable [] get(ColumnFamilyHandle family, @Nullable StoreSnapshot snapshot, byte[] key) {
        gate.enter();
        try {
            return database.get(family, readOptions(snapshot), key);
        } catch (RocksDBException e) {
            throw RocksErrors.translate(e, "read from the database");
        } finally {
            gate.leave();
        }
    }

    @Override
    public void commit(PendingWrites writes, Collection<TableChange> changes, long number, Durability durability) {
        requireRoom(writes.sizeInBytes());
        counts.beforeChange();
        greatestKeys.raise(writes);
        stamp(writes, number);
        WriteOptions writeOptions = durability == Durability.FULL ? options.durableWrite() : options.normalWrite();
        try (LargeInserts inserts = LargeInserts.of(this, writes, changes)) {
            if (inserts.isEmpty()) {
                write(writes, inserts, changes, writeOptions, durability);
            } else {
                cold.changeSegments(() -> write(writes, inserts, changes, writeOptions, durability));
            }
        }
        counts.add(changes);
    }

    /** Called before rows are written. @throws KalamException DISK_FULL if there would be too little room left */
    void requireRoom(long bytes) {
        if (reserve != null) {
            reserve.require(bytes);
        }
    }

    private void write(
            PendingWrites writes,
            LargeInserts inserts,
            Collection<TableChange> changes,
            WriteOptions writeOptions,
            Durability durability) {
        List<byte[]> masks = cold.masksOf(action -> inserts.forEachOther(writes, action), changes);
        gate.enter();
        try {
            if (writes.size() == 1 && masks.isEmpty()) {
                writes.forEach((space, key, value) -> writeOne(writeOptions, space, key, value));
            } else {
                byte[] bytes = WriteBatchBytes.encode(
                        space -> family(space).getID(),
                        writes.size() - inserts.rowCount(),
                        action -> inserts.forEachOther(writes, action));
                try (WriteBatch batch = new WriteBatch(bytes)) {
                    for (byte[] mask : masks) {
                        batch.put(family(KeySpace.SEGMENTS), mask, SegmentKeySpace.PRESENT);
                    }
                    inserts.addTo(new KeySpaceBatch(batch, spaces));
                    inserts.keepFiles();
                    database.write(writeOptions, batch);
                }
            }
            if (durability == Durability.NORMAL) {
                handOverLog();
            }
        } catch (RocksDBException e) {
            throw RocksErrors.translateWrite(e, "write to the database");
        } finally {
            gate.leave();
        }
    }

    private static void stamp(PendingWrites writes, long number) {
        writes.forEach((space, key, value) -> {
            if ((space == KeySpace.ROWS || space == KeySpace.TOMBSTONES) && !PendingWrites.isDeletion(value)) {
                RowHeader.stamp(value, number);
            }
        });
    }

    @Override
    public CommitNumberBlocks commitNumbers() {
        return commitNumbers;
    }

    private void writeOne(WriteOptions writeOptions, KeySpace space, byte[] key, byte[] value) {
        try {
            if (PendingWrites.isDeletion(value)) {
                database.delete(family(space), writeOptions, key);
            } else {
                database.put(family(space), writeOptions, key, value);
            }
        } catch (RocksDBException e) {
            throw RocksErrors.translateWrite(e, "write to the database");
        }
    }

    /** Gives the operating system what the log holds in the memory of this process. */
    private void handOverLog() throws RocksDBException {
        if (folderLock != null) {
            database.flushWal(false);
        }
    }

    /**
     * Copies the key-value store as it is at one moment during the call, with hard links where both are on one device.
     *
     * @param target a folder that does not exist, in one that does
     * @throws KalamException IO_ERROR, DISK_FULL
     */
    void checkpoint(Path target) {
        counts.flush();
        sequences.flush();
        gate.enter();
        try (Checkpoint checkpoint = Checkpoint.create(database)) {
            checkpoint.createCheckpoint(target.toString());
        } catch (RocksDBException e) {
            throw RocksErrors.translate(e, "copy the database to " + target);
        } finally {
            gate.leave();
        }
    }

    /** Compares every block of the files with its checksum; goes on behind a damaged file. */
    void verifyFiles(Runnable cancellation, Consumer<Fault> listener) {
        if (folder() == null) {
            return;
        }
        try (Options readerOptions = new Options()) {
            for (Path file : liveFiles()) {
                cancellation.run();
                gate.enter();
                try (SstFileReader reader = new SstFileReader(readerOptions)) {
                    reader.open(file.toString());
                    reader.verifyChecksum();
                } catch (RocksDBException e) {
                    // Another thread, or a process that writes, may just have replaced it.
                    boolean isInUse =
                            readOnly ? Files.exists(file) : liveFiles().contains(file);
                    if (isInUse) {
                        listener.accept(Fault.error("file " + file, "it is damaged: " + e.getMessage()));
                    }
                } finally {
                    gate.leave();
                }
            }
        }
    }

    private List<Path> liveFiles() {
        gate.enter();
        try {
            return database.getLiveFilesMetaData().stream()
                    .map(file -> Path.of(file.path() + file.fileName()))
                    .toList();
        } finally {
            gate.leave();
        }
    }

    /** Waits until the log of everything written so far is on the device. */
    public void syncLog() {
        gate.enter();
        try {
            forceLog();
        } catch (RocksDBException e) {
            throw RocksErrors.translateWrite(e, "write to the database");
        } finally {
            gate.leave();
        }
    }

    private void forceLog() throws RocksDBException {
        if (folderLock != null) {
            database.flushWal(true);
        }
    }

    /** Writes outside of any transaction, to survive the end of the process. */
    void put(ColumnFamilyHandle family, byte[] key, byte[] value) {
        gate.enter();
        try {
            database.put(family, options.normalWrite(), key, value);
            handOverLog();
        } catch (RocksDBException e) {
            throw RocksErrors.translateWrite(e, "write to the database");
        } finally {
            gate.leave();
        }
    }

    /**
     * Applies a batch outside of any transaction, to survive the end of the process.
     *
     * @param batch as {@link WriteBatchBytes} makes it
     */
    void write(byte[] batch) {
        gate.enter();
        try (WriteBatch nativeBatch = new WriteBatch(batch)) {
            database.write(options.normalWrite(), nativeBatch);
            handOverLog();
        } catch (RocksDBException e) {
            throw RocksErrors.translateWrite(e, "write to the database");
        } finally {
            gate.leave();
        }
    }

    /** What a batch is filled with. */
    @FunctionalInterface
    interface BatchContent {
        void addTo(KeySpaceBatch batch) throws RocksDBException;
    }

    /** Applies a batch over several key spaces outside of any transaction. */
    void write(BatchContent content) {
        gate.enter();
        try (WriteBatch batch = new WriteBatch()) {
            content.addTo(new KeySpaceBatch(batch, spaces));
            database.write(options.normalWrite(), batch);
            handOverLog();
        } catch (RocksDBException e) {
            throw RocksErrors.translateWrite(e, "write to the database");
        } finally {
            gate.leave();
        }
    }

    /** Hands over every entry of a span, in key order. */
    void forEach(KeySpace space, @Nullable StoreSnapshot snapshot, KeySpan span, BiConsumer<byte[], byte[]> action) {
        try (NativeCursor cursor = cursor(space, snapshot, span)) {
            cursor.forEach(action);
        }
    }

    @Override
    public void forEach(KeySpace space, BiConsumer<byte[], byte[]> action) {
        try (NativeCursor cursor = cursor(family(space), null, new byte[0], null)) {
            cursor.forEach(action);
        }
    }

    /** Hands over every key of a span, in key order. */
    void forEachKey(KeySpace space, @Nullable StoreSnapshot snapshot, KeySpan span, Consumer<byte[]> action) {
        try (NativeCursor cursor = cursor(space, snapshot, span)) {
            cursor.enter();
            try {
                for (cursor.seek(); cursor.isValid(); cursor.next()) {
                    action.accept(cursor.key());
                }
            } finally {
                cursor.leave();
            }
        }
    }

    /** Removes every key from {@code lower} (inclusive) to {@code upper} (exclusive). */
    void deleteRange(ColumnFamilyHandle family, byte[] lower, byte[] upper) {
        gate.enter();
        try {
            // Whole files go at once, but from open snapshots too; the rest hides behind one tombstone until
            // compaction. What made the rows garbage may still be on its way to the device, and files do not wait.
            if (snapshots.isEmpty()) {
                forceLog();
                database.deleteFilesInRanges(family, List.of(lower, upper), false);
            }
            database.deleteRange(family, options.normalWrite(), lower, upper);
            handOverLog();
        } catch (RocksDBException e) {
            throw RocksErrors.translateWrite(e, "remove rows from the database");
        } finally {
            gate.leave();
        }
    }

    /** Applies writes to a key space at once, outside of any transaction. */
    void write(KeySpace space, org.kalamdb.store.WriteBatch writes) {
        write(WriteBatchBytes.encode(family(space).getID(), writes));
    }

    /** The number of the last write; each write has a greater one than those before. */
    public long lastSequence() {
        gate.enter();
        try {
            return database.getLatestSequenceNumber();
        } finally {
            gate.leave();
        }
    }

    /** The number of the last write that a snapshot shows. */
    long lastSequence(StoreSnapshot snapshot) {
        gate.enter();
        try {
            return open(snapshot).snapshot().getSequenceNumber();
        } finally {
            gate.leave();
        }
    }

    /** Removes every key of a span, outside of any transaction. */
    void deleteRange(KeySpace space, KeySpan span) {
        deleteRange(family(space), span.lower(), span.upper());
    }

    /** Has the store forget what was removed from a span, as far as no snapshot needs it. */
    void compact(KeySpace space, KeySpan span) {
        gate.enter();
        try (CompactRangeOptions manual = new CompactRangeOptions()) {
            manual.setExclusiveManualCompaction(false);
            database.compactRange(family(space), span.lower(), span.upper(), manual);
        } catch (RocksDBException e) {
            throw RocksErrors.translateWrite(e, "compact the database");
        } finally {
            gate.leave();
        }
    }

    /** How many bytes the entries of each span take, as far as can be told without reading them. */
    long[] approximateBytes(KeySpace space, List<KeySpan> spans) {
        List<Slice> bounds = new ArrayList<>();
        List<Range> ranges = new ArrayList<>();
        for (KeySpan span : spans) {
            Slice lower = new Slice(span.lower());
            Slice upper = new Slice(span.upper());
            bounds.addAll(List.of(lower, upper));
            ranges.add(new Range(lower, upper));
        }
        gate.enter();
        try {
            return database.getApproximateSizes(
                    family(space),
                    ranges,
                    SizeApproximationFlag.INCLUDE_FILES,
                    SizeApproximationFlag.INCLUDE_MEMTABLES);
        } finally {
            gate.leave();
            bounds.forEach(Slice::close);
        }
    }

    /** A cursor over the committed entries of a span. */
    NativeCursor cursor(KeySpace space, @Nullable StoreSnapshot snapshot, KeySpan span) {
        return cursor(family(space), snapshot, span.lower(), span.upper());
    }

    NativeCursor cursor(
            ColumnFamilyHandle family, @Nullable StoreSnapshot snapshot, byte[] lower, byte @Nullable [] upper) {
        gate.enter();
        try {
            @Nullable Snapshot view = snapshot == null ? null : open(snapshot).snapshot();
            NativeCursor cursor = new NativeCursor(this, database, family, view, lower, upper);
            cursors.add(cursor);
            return cursor;
        } finally {
            gate.leave();
        }
    }

    void release(NativeCursor cursor) {
        if (gate.tryEnter()) {
            try {
                cursors.remove(cursor);
                cursor.dispose();
            } finally {
                gate.leave();
            }
        }
    }

    private ColumnFamilyHandle family(KeySpace space) {
        return requireNonNull(spaces.get(space));
    }

    NativeGate gate() {
        return gate;
    }

    private ReadOptions readOptions(@Nullable StoreSnapshot snapshot) {
        return snapshot == null ? latest : open(snapshot).readOptions();
    }

    private static RocksSnapshot open(StoreSnapshot snapshot) {
        if (snapshot instanceof RocksSnapshot own && !own.isClosed()) {
            return own;
        }
        throw new IllegalStateException("The snapshot is closed or belongs to another store");
    }

    /**
     * Writes what only the log holds into files if that is much: they are compressed, and the next opening need not read
     * the log.
     */
    private void moveLargeLog() {
        Path folder = folder();
        if (folder == null || readOnly || FolderState.of(folder).logBytes() < LARGE_LOG_BYTES) {
            return;
        }
        gate.enter();
        try (FlushOptions flush = new FlushOptions()) {
            database.flush(flush, families);
        } catch (RocksDBException e) {
            throw RocksErrors.translateWrite(e, "write to the database");
        } finally {
            gate.leave();
        }
    }

    /** Closes cursors, snapshots and the store, in this order, and lets the folder go. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            sequences.flush();
            counts.close();
            syncLog();
            moveLargeLog();
        } finally {
            gate.shut();
            cursors.forEach(NativeCursor::dispose);
            snapshots.forEach(RocksSnapshot::dispose);
            latest.close();
            cold.close();
            families.forEach(ColumnFamilyHandle::close);
            database.close();
            options.close();
            if (folderLock != null) {
                folderLock.close();
            }
        }
    }
}
