// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.transaction.Transaction;
import org.kalamdb.type.KalamDataType;

/** Another JVM that opens a database and writes to it until it is killed. */
final class StorageProcess implements AutoCloseable {
    static final int ROWS_PER_TRANSACTION = 3;
    static final TableDefinition TABLE = TestDatabase.table(
            TableType.SHARED,
            1,
            ColumnDefinition.primaryKey("batch", 1, KalamDataType.BIGINT)
                    .withIdentity(new IdentityDefinition(true, 1, 1)),
            ColumnDefinition.primaryKey("n", 2, KalamDataType.INT),
            ColumnDefinition.simple("payload", 3, KalamDataType.TEXT));

    private final Process process;
    private final BufferedReader output;

    private StorageProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    static StorageProcess start(Path folder) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(List.of(
                        java,
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StorageProcess.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new StorageProcess(process);
    }

    /** The number of the next committed transaction, or null at the end of the output. */
    Long nextAcknowledged() throws IOException {
        String line = output.readLine();
        return line == null || !line.endsWith(".") ? null : Long.valueOf(line.substring(0, line.length() - 1));
    }

    /** Like kill -9; what it has written to its output can still be read, which Process.destroy would not allow. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        TestDatabase database = TestDatabase.in(Path.of(args[0]));
        Sequence batches =
                database.storage.sequences().identity(TABLE, TABLE.columns().get(0));
        while (true) {
            long batch = batches.next();
            try (Transaction transaction = database.transactions.begin()) {
                for (int n = 0; n < ROWS_PER_TRANSACTION; n++) {
                    database.tables.insert(
                            transaction, TABLE, TestDatabase.USER, TestDatabase.row(batch, n, "payload " + batch));
                }
                transaction.commit();
            }
            out.println(batch + ".");
        }
    }
}
