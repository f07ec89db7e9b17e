// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.tck.ChildJvm;

/** JVMs that may write to the database only. A folder below a file stands for one that cannot be made or written to. */
final class FoldersTest {
    @TempDir
    private Path folder;

    private Path temporary;
    private Path impossible;

    @BeforeEach
    void makeFolders() throws IOException {
        temporary = Files.createDirectory(folder.resolve("tmp"));
        impossible = Files.writeString(folder.resolve("file"), "not a folder").resolve("folder");
    }

    private List<String> run(String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-Djava.io.tmpdir=" + temporary, "-Duser.home=" + impossible));
        all.addAll(List.of(options));
        return ChildJvm.linesOfDriverAlone(
                all,
                Map.of("XDG_CACHE_HOME", impossible.toString()),
                WorkingApplication.class,
                folder.resolve("db").toString());
    }

    @Test
    void temporaryFolderIsUsedWhereLibrariesCannotBeKept() throws Exception {
        assertThat(run()).containsExactly("flushed", "10000");
        assertThat(left(temporary)).isEmpty();
    }

    @Test
    void libraryIsKeptWhereItIsSaid() throws Exception {
        Path kept = folder.resolve("kept");

        assertThat(run("-Dkalamdb.library.folder=" + kept)).containsExactly("flushed", "10000");
        assertThat(left(temporary)).isEmpty();
        assertThat(left(kept)).hasSize(1).allMatch(name -> name.startsWith("rocksdbjni-"));
    }

    @Test
    void keptLibraryNeedsNoTemporaryFolder() throws Exception {
        Path kept = folder.resolve("kept");
        List<String> lines = run("-Dkalamdb.library.folder=" + kept, "-Djava.io.tmpdir=" + impossible);

        // Compressing with Zstandard takes another library, which is always unpacked.
        assertThat(lines).hasSize(2).last().isEqualTo("10000");
        assertThat(lines.get(0)).startsWith("58030 ").contains("java.io.tmpdir");
    }

    @Test
    void errorNamesThePropertiesWhenThereIsNoFolderAtAll() throws Exception {
        List<String> lines = run("-Djava.io.tmpdir=" + impossible);

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .startsWith("08001 ")
                .contains("kalamdb.library.folder")
                .contains("java.io.tmpdir")
                .contains(impossible.toString());
    }

    @Test
    void errorNamesTheOptionWhenNativeAccessIsDenied() throws Exception {
        assumeTrue(Runtime.version().feature() >= 24, "native access cannot be denied before Java 24");
        List<String> lines = run("--illegal-native-access=deny");

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("08001 ").contains("--enable-native-access");
        assertThat(run("--illegal-native-access=deny", "--enable-native-access=ALL-UNNAMED"))
                .containsExactly("flushed", "10000");
    }

    private static List<String> left(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
