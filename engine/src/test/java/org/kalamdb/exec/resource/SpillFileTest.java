// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.storage.file.FileAccess;

final class SpillFileTest {
    @TempDir
    private Path database;

    @Test
    void readsBlocksInAnyOrder() {
        try (SpillFolder folder = SpillFolder.in(database, FileAccess.system());
                SpillFile file = folder.newFile()) {
            SpillFile.Block first = file.append(new byte[] {1, 2, 3, 99}, 3);
            SpillFile.Block second = file.append(new byte[] {4}, 1);
            SpillFile.Block empty = file.append(new byte[0], 0);

            assertThat(file.read(second)).containsExactly(4);
            assertThat(file.read(first)).containsExactly(1, 2, 3);
            assertThat(file.read(empty)).isEmpty();
            assertThat(folder.spilledBytes()).isEqualTo(4);
        }
    }

    @Test
    void namesDamage() throws IOException {
        try (SpillFolder folder = SpillFolder.in(database, FileAccess.system());
                SpillFile file = folder.newFile()) {
            SpillFile.Block block = file.append(new byte[] {1, 2, 3}, 3);
            Files.write(onlyFile(), new byte[] {1, 2, 4});

            assertThatThrownBy(() -> file.read(block))
                    .isInstanceOfSatisfying(
                            KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        try (SpillFolder folder = SpillFolder.in(database, FileAccess.system())) {
            assertThat(database).isEmptyDirectory();
            SpillFile closed = folder.newFile();
            folder.newFile();

            closed.close();
            closed.close();

            assertThat(folder.fileCount()).isOne();
            assertThat(onlyFile()).exists();
        }
        assertThat(database).isEmptyDirectory();
    }

    @Test
    void removesWhatACrashHasLeft() throws IOException {
        Path left = Files.createDirectory(database.resolve("spill"));
        Files.createFile(left.resolve("1.rows"));
        try (SpillFolder folder = SpillFolder.in(database, FileAccess.system())) {
            folder.removeLeft();
            assertThat(database).isEmptyDirectory();
        }
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(database.resolve("spill"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
