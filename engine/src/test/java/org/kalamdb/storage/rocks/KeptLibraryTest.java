// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;

/** With the smallest of the libraries in the jar, whose system does not matter as it is not loaded. */
final class KeptLibraryTest {
    private static final String RESOURCE = "librocksdbjni-osx-arm64.jnilib";
    private static final String NAME = "library";
    private static final int THREADS = 4;
    private static final Instant LONG_AGO = Instant.now().minus(Duration.ofDays(40));

    @TempDir
    Path temp;

    @Test
    void unpacksOnce() throws IOException {
        Path folder = require();
        Path library = folder.resolve(NAME);
        assertThat(Files.readAllBytes(library)).isEqualTo(original());
        FileTime unpacked = Files.getLastModifiedTime(library);
        assertThat(require()).isEqualTo(folder);
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(unpacked);
        assertThat(files()).containsExactly(library);
    }

    @Test
    void replacesWhatIsNotWhole() throws IOException {
        Path library = require().resolve(NAME);
        Files.write(library, new byte[] {1, 2, 3});
        require();
        assertThat(Files.readAllBytes(library)).isEqualTo(original());
    }

    @Test
    void refusesAFolderThatOthersMayWriteTo() throws IOException {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
        Path folder = require();
        for (Path open : List.of(folder, root())) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
            assertThatThrownBy(this::require)
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("Others may write to it");
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertThat(require()).isEqualTo(folder);
    }

    @Test
    void removesOthersThatNobodyUses() throws IOException {
        Path unused = Files.createDirectories(root().resolve("rocksdbjni-1-2"));
        Path used = Files.createDirectories(root().resolve("rocksdbjni-3-4"));
        Path foreign = Files.createDirectories(root().resolve("else"));
        for (Path other : List.of(unused, used, foreign)) {
            Files.writeString(other.resolve("file"), "content");
        }
        Files.setLastModifiedTime(unused, FileTime.from(LONG_AGO));
        Files.setLastModifiedTime(foreign, FileTime.from(LONG_AGO));

        Path library = require().resolve(NAME);
        assertThat(files()).containsExactlyInAnyOrder(library, used.resolve("file"), foreign.resolve("file"));
    }

    @Test
    void removesWhatAKilledProcessLeft() throws IOException {
        Path library = require().resolve(NAME);
        Path old = Files.writeString(library.resolveSibling("old.part"), "half");
        Path young = Files.writeString(library.resolveSibling("young.part"), "half");
        Files.setLastModifiedTime(old, FileTime.from(LONG_AGO));
        Files.delete(library);
        require();
        assertThat(files()).containsExactlyInAnyOrder(library, young);
    }

    @Test
    void letsSeveralUnpackAtOnce() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Path>> folders = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                folders.add(executor.submit(this::require));
            }
            for (Future<Path> folder : folders) {
                assertThat(Files.readAllBytes(folder.get().resolve(NAME))).isEqualTo(original());
            }
        } finally {
            executor.shutdown();
        }
        assertThat(files()).hasSize(1);
    }

    private Path root() {
        return temp.resolve("cache").resolve("kalamdb");
    }

    private Path require() throws IOException {
        URL url = RocksDB.class.getClassLoader().getResource(RESOURCE);
        assertThat(url).isNotNull();
        ZipEntry packed = ((JarURLConnection) url.openConnection()).getJarEntry();
        return new KeptLibrary(root(), NAME, packed).require();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root())) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static byte[] original() throws IOException {
        try (InputStream resource = RocksDB.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            assertThat(resource).isNotNull();
            return resource.readAllBytes();
        }
    }
}
