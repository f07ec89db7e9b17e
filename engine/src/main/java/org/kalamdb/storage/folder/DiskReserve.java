// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.folder;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.file.FileFaults;

/**
 * Room on the device of a database that its rows do not get, so that there is always some for the log: once that cannot be
 * written, the store takes no writes until it is opened again, while what this refuses can be tried again when there is
 * room. Safe for use by several threads.
 *
 * <p>The device is asked now and then only. Whoever else fills it faster than that gets past the reserve.
 */
public final class DiskReserve {
    /** No more than this part of a device. */
    private static final int MAX_PART = 16;
    /** How much of the reserve may be written before the device is asked again. */
    private static final int LOOKS = 8;

    private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path folder;
    private final FileStore device;
    private final long bytes;
    /** What was written since the device was asked. */
    private final AtomicLong written = new AtomicLong();

    private volatile long lookedAtNanos = System.nanoTime() - MAX_AGE_NANOS;

    private DiskReserve(Path folder, FileStore device, long bytes) {
        this.folder = folder;
        this.device = device;
        this.bytes = bytes;
    }

    /**
     * Reserves room on the device of a folder.
     *
     * @param maxBytes how much, if the device is not small
     * @throws KalamException IO_ERROR
     */
    public static DiskReserve of(Path folder, long maxBytes) {
        try {
            FileStore device = Files.getFileStore(folder);
            return new DiskReserve(folder, device, Math.min(maxBytes, device.getTotalSpace() / MAX_PART));
        } catch (IOException e) {
            throw FileFaults.failed("find out the size of the device of " + folder, e);
        }
    }

    /**
     * Called before something is written.
     *
     * @param length about how many bytes
     * @throws KalamException DISK_FULL if less than the reserve would be left
     */
    public void require(long length) {
        long now = System.nanoTime();
        if (written.addAndGet(length) < bytes / LOOKS && now - lookedAtNanos < MAX_AGE_NANOS) {
            return;
        }
        long usable = usableBytes();
        if (usable - length < bytes) {
            throw new KalamException(
                    ErrorCode.DISK_FULL,
                    "Cannot write " + length + " bytes: the device of " + folder + " has " + usable
                            + " bytes left, of which " + bytes
                            + " are kept for the log; free some disk space and try again");
        }
        written.set(0);
        lookedAtNanos = now;
    }

    private long usableBytes() {
        try {
            return device.getUsableSpace();
        } catch (IOException e) {
            throw FileFaults.failed("find out how much room there is for " + folder, e);
        }
    }
}
