// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.cold.SegmentEntry;
import org.kalamdb.storage.file.FileAccess;
import org.kalamdb.storage.file.FileFaults;
import org.kalamdb.storage.file.NewFile;
import org.kalamdb.storage.file.ReadableFile;
import org.kalamdb.storage.folder.StoreFolder;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.StoreSnapshot;

/**
 * A copy of a whole database as it is at one moment, while others go on reading and writing it. Files that never change
 * get a second name where that is possible, so that a copy on the same device costs next to nothing. Confined to one
 * thread.
 */
public final class StorageCheckpoint {
    private static final int COPY_BYTES = 1 << 16;

    private final RocksStorage storage;
    private final StorageOptions options;
    private final FileAccess files;
    private final Runnable cancellation;

    /**
     * @param options with which the copy is read
     * @param cancellation called again and again; throws if the copy is not wanted any more
     */
    public StorageCheckpoint(RocksStorage storage, StorageOptions options, Runnable cancellation) {
        this.storage = requireNonNull(storage, "storage is null");
        this.options = requireNonNull(options, "options is null");
        this.files = options.files();
        this.cancellation = requireNonNull(cancellation, "cancellation is null");
    }

    /**
     * Makes the copy, which is a database folder. If it fails, a part of it is there.
     *
     * @param folder an empty folder
     * @throws KalamException IO_ERROR, DISK_FULL; DATA_CORRUPTED if a segment is damaged; QUERY_CANCELED
     */
    public void copyTo(Path folder) {
        // A segment that goes out of use from now on is kept until the snapshot is closed. The copy is younger than the
        // snapshot, so that every segment it names is there.
        StoreSnapshot keepsSegments = storage.snapshot();
        try {
            storage.checkpoint(folder.resolve(StoreFolder.HOT));
            List<SegmentEntry> segments = segmentsOf(folder);
            Path source = storage.cold().requireFolder();
            Path target = folder.resolve(ColdTier.FOLDER);
            Set<Path> changedFolders = new LinkedHashSet<>();
            for (SegmentEntry entry : segments) {
                cancellation.run();
                copy(entry, source, target, changedFolders);
            }
            for (Path changed : changedFolders) {
                files.syncFolder(changed);
            }
            files.syncFolder(folder);
        } catch (IOException e) {
            throw FileFaults.failed("write to " + folder, e);
        } finally {
            keepsSegments.close();
        }
    }

    private List<SegmentEntry> segmentsOf(Path folder) {
        List<SegmentEntry> segments = new ArrayList<>();
        try (RocksStorage copy = StoreOpening.openReadOnly(folder, options)) {
            copy.forEach(
                    KeySpace.SEGMENTS,
                    null,
                    SegmentKeySpace.manifest(),
                    (key, value) -> segments.add(SegmentEntry.decode(value)));
        }
        return segments;
    }

    private void copy(SegmentEntry entry, Path sourceRoot, Path targetRoot, Set<Path> changedFolders)
            throws IOException {
        Path source = sourceRoot.resolve(entry.file());
        Path target = targetRoot.resolve(entry.file());
        Path parent = requireNonNull(target.getParent(), "The segment has no folder");
        files.createFolders(parent);
        for (Path folder = parent; folder != null && folder.startsWith(targetRoot); folder = folder.getParent()) {
            changedFolders.add(folder);
        }
        try {
            files.link(target, source);
        } catch (IOException | UnsupportedOperationException e) {
            // The target is on another device, or its file system has no links.
            copyBytes(entry, source, target);
        }
    }

    /** Copies a segment and compares it with its checksum, since its bytes pass by. */
    private void copyBytes(SegmentEntry entry, Path source, Path target) throws IOException {
        CRC32C crc = new CRC32C();
        long length = entry.summary().sizeInBytes();
        try (ReadableFile in = files.open(source);
                NewFile out = files.create(target)) {
            for (long at = 0; at < length; ) {
                cancellation.run();
                byte[] bytes = in.read(at, (int) Math.min(COPY_BYTES, length - at));
                crc.update(bytes);
                out.write(bytes);
                at += bytes.length;
            }
            out.sync();
        }
        if ((int) crc.getValue() != entry.summary().checksum()) {
            throw new KalamException(
                    ErrorCode.DATA_CORRUPTED,
                    "Cannot copy segment " + source + ": its checksum is wrong; say CHECK DATABASE and restore the file"
                            + " from an earlier backup");
        }
    }
}
