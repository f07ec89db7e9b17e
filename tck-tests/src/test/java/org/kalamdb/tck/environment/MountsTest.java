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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.tck.OwnMounts;

/** A container whose file system is read-only, or whose temporary folder forbids executable files, with one volume for data. */
final class MountsTest {
    private static final String IN_MEMORY = "mem:";

    /** Only a database in a folder has any. */
    private static final String NO_SEGMENTS =
            "0A000 line 1:1: Cannot move rows to segments: a database in memory has no cold"
                    + " tier; open a database in a folder";

    @TempDir
    private Path folder;

    private Path volume;
    private Path image;
    private Path temporary;
    private String noExecutables;
    private String readOnlyRoot;

    @BeforeEach
    void makeFolders() throws IOException {
        volume = Files.createDirectory(folder.resolve("data"));
        image = Files.createDirectory(folder.resolve("image"));
        temporary = Files.createDirectory(folder.resolve("tmp"));
        noExecutables = "mount -t tmpfs -o noexec none " + temporary;
        // The folder of the test need not be on the device of the root.
        readOnlyRoot = "mount --bind " + folder + " " + folder + " && mount -t tmpfs -o size=256m none " + volume
                + " && mount -o remount,bind,ro " + folder + " && mount -o remount,bind,ro /";
    }

    /** What the application says in there; its user has a home in the temporary folder. */
    private List<String> run(String mounts, String database, String... options) throws Exception {
        assumeTrue(OwnMounts.canRun(mounts), "processes cannot have mounts of their own");
        List<String> all = new ArrayList<>(List.of("-Djava.io.tmpdir=" + temporary, "-Duser.home=" + temporary));
        all.addAll(List.of(options));
        return OwnMounts.linesOf("unset XDG_CACHE_HOME; " + mounts, all, WorkingApplication.class, database);
    }

    private String database() {
        return volume.resolve("db").toString();
    }

    private static String libraries(Path place) {
        return "-Dkalamdb.library.folder=" + place.resolve("libraries");
    }

    @Test
    void temporaryFolderMayForbidExecutableFilesIfOthersAreNamed() throws Exception {
        assertThat(run(noExecutables, database()))
                .singleElement()
                .asString()
                .startsWith("08001 ")
                .contains("kalamdb.library.folder", "java.io.tmpdir", temporary.toString());
        List<String> lines = run(noExecutables, database(), libraries(volume));
        assertThat(lines).hasSize(2).last().isEqualTo("10000");
        assertThat(lines.get(0)).startsWith("58030 ").contains("java.io.tmpdir", "ZstdTempFolder");
        String another = volume.resolve("another").toString();
        assertThat(run(noExecutables, another, libraries(volume), "-DZstdTempFolder=" + volume))
                .containsExactly("flushed", "10000");
    }

    @Test
    void onlyTheVolumeNeedsToBeWritable() throws Exception {
        assertThat(run(readOnlyRoot, database()))
                .singleElement()
                .asString()
                .startsWith("08001 ")
                .contains("kalamdb.library.folder", "java.io.tmpdir");
        assertThat(run(readOnlyRoot, database(), "-Djava.io.tmpdir=" + volume)).containsExactly("flushed", "10000");
        assertThat(run(readOnlyRoot, IN_MEMORY, "-Djava.io.tmpdir=" + volume)).containsExactly(NO_SEGMENTS, "10000");
    }

    @Test
    void libraryMayBePartOfTheImage() throws Exception {
        assertThat(run("true", IN_MEMORY, libraries(image))).containsExactly(NO_SEGMENTS, "10000");

        List<String> lines = run(readOnlyRoot, database(), libraries(image));
        assertThat(lines).hasSize(2).last().isEqualTo("10000");
        assertThat(lines.get(0)).startsWith("58030 ").contains("java.io.tmpdir", "ZstdTempFolder");
        // What a database in memory cannot hold there has no other place than the temporary folder.
        assertThat(run(readOnlyRoot, IN_MEMORY, libraries(image)))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("58030 ")
                .contains("java.io.tmpdir");
    }
}
