// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What works in a JVM that does not open its buffers to Arrow, and what is said where that is not enough. */
final class MissingAccessTest {
    private static final String OPTION = "--add-opens=java.base/java.nio=ALL-UNNAMED";

    @TempDir
    private Path folder;

    @Test
    void onlyArrowsOwnStreamsTakeAnOption() throws Exception {
        String stream = folder.resolve("rows.arrows").toString();
        assertThat(jvm(List.of(OPTION), "write", stream)).isEqualTo("written");
        assertThat(jvm(List.of(OPTION), "read", stream)).isEqualTo("3");
        assertThat(jvm(List.of(), "copy", stream)).isEqualTo("2");
        assertThat(jvm(List.of(), "read", stream))
                .isEqualTo(
                        "Cannot read the record batches: Arrow needs access to java.nio, start the JVM with " + OPTION);
    }

    private String jvm(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(options);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                MissingAccessTest.class.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        return Files.readString(output, StandardCharsets.UTF_8).strip();
    }

    /** Does one thing with a stream of record batches and prints what came of it. */
    public static void main(String[] arguments) throws SQLException, IOException {
        Path stream = Path.of(arguments[1]);
        try (BufferAllocator allocator = new RootAllocator();
                Connection connection = DriverManager.getConnection("jdbc:kalamdb:mem:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INT PRIMARY KEY)");
            switch (arguments[0]) {
                case "write" -> write(stream, allocator);
                case "read" -> read(stream, connection, allocator);
                default -> copy(connection, statement, allocator);
            }
        }
    }

    private static void write(Path stream, BufferAllocator allocator) throws IOException {
        try (IntVector ids = new IntVector("id", allocator)) {
            for (int row = 0; row < 3; row++) {
                ids.setSafe(row, row);
            }
            ids.setValueCount(3);
            try (ArrowStreamWriter writer =
                    new ArrowStreamWriter(new VectorSchemaRoot(List.of(ids)), null, Files.newOutputStream(stream))) {
                writer.writeBatch();
            }
        }
        print("written");
    }

    private static void read(Path stream, Connection connection, BufferAllocator allocator)
            throws SQLException, IOException {
        try (ArrowReader reader = new ArrowStreamReader(Files.newInputStream(stream), allocator)) {
            print(ArrowInserts.insert(connection, null, "t", reader));
        } catch (IOException e) {
            print(e.getMessage());
        }
    }

    private static void copy(Connection connection, Statement statement, BufferAllocator allocator)
            throws SQLException, IOException {
        statement.execute("CREATE TABLE source (id INT)");
        statement.execute("INSERT INTO source VALUES (1), (2)");
        try (ArrowReader reader = ArrowResults.reader(statement.executeQuery("SELECT id FROM source"), allocator)) {
            print(ArrowInserts.insert(connection, null, "t", reader));
        }
    }

    private static void print(Object what) {
        System.out.println(what);
    }
}
