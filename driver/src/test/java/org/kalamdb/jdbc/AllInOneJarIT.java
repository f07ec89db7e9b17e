// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar with everything inside, as an application finds it. */
final class AllInOneJarIT {
    private static final Path PATH = Path.of(System.getProperty("kalamdb.all-jar"));

    private static JarFile jar;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(PATH.toFile());
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void holdsNoClassThatAnApplicationCouldMeetElsewhere() {
        assertThat(entries())
                .filteredOn(name -> name.endsWith(".class"))
                .allMatch(name -> name.startsWith("org/kalamdb/")
                        || name.startsWith("org/rocksdb/")
                        || name.startsWith("com/github/luben/zstd/"));
    }

    @Test
    void registersOurDriverOnly() {
        assertThat(text("META-INF/services/java.sql.Driver").strip()).isEqualTo(KalamDriver.class.getName());
    }

    @Test
    void holdsNeitherSignaturesNorModuleDescriptors() {
        assertThat(entries())
                .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA)"))
                .noneMatch(name -> name.endsWith("module-info.class"))
                .noneMatch(name -> name.startsWith("META-INF/maven/"))
                .noneMatch(name -> name.startsWith("META-INF/versions/"));
    }

    @Test
    void namesOnlyServicesThatItHolds() {
        for (String service : entries()) {
            if (service.startsWith("META-INF/services/") && !service.endsWith("/")) {
                assertThat(text(service).lines().filter(line -> !line.isBlank() && !line.startsWith("#")))
                        .as(service)
                        .allMatch(type -> jar.getEntry(type.strip().replace('.', '/') + ".class") != null);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "librocksdbjni-linux64.so",
                "librocksdbjni-linux-aarch64.so",
                "librocksdbjni-osx-x86_64.jnilib",
                "librocksdbjni-osx-arm64.jnilib",
                "librocksdbjni-win64.dll"
            })
    void holdsTheNativeLibrary(String library) {
        assertThat(jar.getEntry(library)).isNotNull();
    }

    @Test
    void holdsTheLicencesOfWhatIsInside() {
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/NOTICE")).contains("Apache Calcite");
        assertThat(text("META-INF/licenses/THIRD-PARTY.txt")).contains("BSD 3-Clause License", "MIT License");
    }

    @Test
    void isAllThatAFreshJvmNeeds(@TempDir Path folder) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process child = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        PATH.toString(),
                        Path.of("src", "it", "java", "FirstConnection.java").toString(),
                        "jdbc:kalamdb:" + folder.resolve("database"))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean ended = child.waitFor(5, TimeUnit.MINUTES);
        if (!ended) {
            child.destroyForcibly();
        }

        // From JDK 24 on the JVM itself warns of native libraries.
        assertThat(Files.readString(errors).lines()).allMatch(line -> line.isBlank() || line.startsWith("WARNING: "));
        assertThat(Files.readString(output).lines()).containsExactly("2 two", "3 THREE", "total 5 2.50");
        assertThat(ended).isTrue();
        assertThat(child.exitValue()).isZero();
    }

    private static List<String> entries() {
        return jar.stream().map(ZipEntry::getName).toList();
    }

    private static String text(String name) {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
