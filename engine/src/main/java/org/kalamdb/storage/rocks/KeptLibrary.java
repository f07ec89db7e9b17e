// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.rocks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import org.rocksdb.RocksDB;

/**
 * A library that was unpacked for all processes of a user. It lies in a folder that is named after its checksum and length,
 * so that versions do not meet, and appears there at once and whole. Immutable.
 */
final class KeptLibrary {
    private static final String PREFIX = "rocksdbjni-";
    private static final String UNFINISHED = ".part";
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");
    /** Others that nobody has used for so long are removed when a new one comes. */
    private static final Duration UNUSED = Duration.ofDays(30);

    private static final Duration USE_IS_NOTED_AFTER = Duration.ofDays(1);
    /** Nobody takes so long to unpack one. */
    private static final Duration UNFINISHED_STAYS = Duration.ofHours(1);

    private final Path root;
    private final Path folder;
    private final Path file;
    private final ZipEntry packed;

    /**
     * @param root the folder in which libraries are kept, made if it is missing
     * @param fileName of the library in its folder
     * @param packed the entry of the jar with the library
     */
    KeptLibrary(Path root, String fileName, ZipEntry packed) {
        this.root = root;
        this.folder = root.resolve(PREFIX + Long.toHexString(packed.getCrc()) + "-" + packed.getSize());
        this.file = folder.resolve(fileName);
        this.packed = packed;
    }

    /**
     * The folder with the library, which is unpacked if it is not there.
     *
     * @throws IOException if it cannot be, or somebody else could have written to the folder
     */
    Path require() throws IOException {
        boolean isThere = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (!isThere) {
            makeFolder(root);
            makeFolder(folder);
        }
        requireOwn(root);
        requireOwn(folder);
        if (isThere && Files.size(file) == packed.getSize()) {
            noteUse();
            return folder;
        }
        unpack();
        removeUnused();
        return folder;
    }

    private static void makeFolder(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        if (isPosix(path)) {
            Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWN));
        } else {
            Files.createDirectories(path);
        }
    }

    /** What is loaded runs with the rights of this process, so that nobody else may have put it there. */
    private static void requireOwn(Path path) throws IOException {
        if (!isPosix(path)) {
            // The profile of a user of Windows is closed to others.
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        boolean isOpen = permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        String owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
        if (isOpen || !owner.equals(System.getProperty("user.name"))) {
            throw new FileSystemException(path.toString(), null, "Others may write to it");
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private void unpack() throws IOException {
        removeUnfinished();
        Path part = folder.resolve(UUID.randomUUID() + UNFINISHED);
        try {
            copyTo(part);
            move(part);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** What processes left that were killed while they unpacked. */
    private void removeUnfinished() throws IOException {
        Instant limit = Instant.now().minus(UNFINISHED_STAYS);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    private void copyTo(Path part) throws IOException {
        InputStream resource = RocksDB.class.getClassLoader().getResourceAsStream(packed.getName());
        if (resource == null) {
            throw new FileSystemException(file.toString(), null, "The library is not in the class path");
        }
        try (CheckedInputStream source = new CheckedInputStream(resource, new CRC32());
                FileChannel target = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long length = source.transferTo(Channels.newOutputStream(target));
            if (length != packed.getSize() || source.getChecksum().getValue() != packed.getCrc()) {
                throw new FileSystemException(part.toString(), null, "The library is damaged in the jar");
            }
            // Before it gets its name, so that a loss of power leaves no file of the right length and wrong content.
            target.force(true);
        }
    }

    private void move(Path part) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            // Windows does not replace a library in use: another process was faster.
            if (!Files.isRegularFile(file) || Files.size(file) != packed.getSize()) {
                throw e;
            }
        }
    }

    private void noteUse() throws IOException {
        Instant now = Instant.now();
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(now.minus(USE_IS_NOTED_AFTER))) {
            Files.setLastModifiedTime(folder, FileTime.from(now));
        }
    }

    private void removeUnused() throws IOException {
        Instant limit = Instant.now().minus(UNUSED);
        try (DirectoryStream<Path> others = Files.newDirectoryStream(root, PREFIX + "*")) {
            for (Path other : others) {
                if (!other.equals(folder)
                        && Files.getLastModifiedTime(other).toInstant().isBefore(limit)) {
                    remove(other);
                }
            }
        }
    }

    private static void remove(Path unused) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(unused)) {
            for (Path each : files) {
                Files.delete(each);
            }
        }
        Files.delete(unused);
    }
}
