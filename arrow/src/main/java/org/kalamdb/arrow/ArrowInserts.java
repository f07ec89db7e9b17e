// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.arrow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.jdbc.ColumnarParameters;

/** Inserts Arrow record batches. Safe for use by several threads, each with a connection of its own. */
public final class ArrowInserts {
    /** Rows whose arrays are copied at once; a multiple of the rows of a word of nulls. */
    private static final int ROWS_OF_A_RUN = 4096;

    private ArrowInserts() {}

    /**
     * Inserts all batches that a reader has left into a table; fields are columns by their names, in any order, columns without
     * a field get their defaults. It is one transaction if the connection is in auto-commit mode, else part of the open one;
     * either way all rows are inserted or none.
     *
     * @param namespace of the table, as it is stored; null for that of the connection
     * @param table its name, as it is stored
     * @param batches not closed here
     * @return number of rows
     * @throws SQLException what an INSERT would throw, with the row and the batch; SQLSTATE 0A000 for a field of a type that no column
     *     has
     * @throws IOException if the reader cannot be read, as Arrow's own of files and streams cannot in a JVM without
     *     {@code --add-opens=java.base/java.nio=ALL-UNNAMED}
     */
    public static long insert(Connection connection, @Nullable String namespace, String table, ArrowReader batches)
            throws SQLException, IOException {
        VectorSchemaRoot root = batches.getVectorSchemaRoot();
        return atOnce(connection, () -> {
            try (PreparedStatement insert = prepare(connection, namespace, table, root.getSchema())) {
                long count = 0;
                for (int number = 1; load(batches); number++) {
                    count += insert(insert, new RecordBatch(number), root, batches);
                }
                return count;
            }
        });
    }

    private static boolean load(ArrowReader batches) throws IOException {
        try {
            return batches.loadNextBatch();
        } catch (UnsupportedOperationException e) {
            Module memory = ArrowBuf.class.getModule();
            if (ByteBuffer.class.getModule().isOpen("java.nio", memory)) {
                throw e;
            }
            throw new IOException(
                    "Cannot read the record batches: Arrow needs access to java.nio, start the JVM with"
                            + " --add-opens=java.base/java.nio="
                            + (memory.isNamed() ? memory.getName() : "ALL-UNNAMED"),
                    e);
        }
    }

    /**
     * Inserts one batch; otherwise as {@link #insert(Connection, String, String, ArrowReader)}.
     *
     * @param root without fields that are encoded by a dictionary
     */
    public static long insert(Connection connection, @Nullable String namespace, String table, VectorSchemaRoot root)
            throws SQLException {
        try {
            return atOnce(connection, () -> {
                try (PreparedStatement insert = prepare(connection, namespace, table, root.getSchema())) {
                    return insert(insert, new RecordBatch(1), root, new DictionaryProvider.MapDictionaryProvider());
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException("Vectors in memory cannot fail to be read", e);
        }
    }

    private static PreparedStatement prepare(
            Connection connection, @Nullable String namespace, String table, Schema schema) throws SQLException {
        try (Statement names = connection.createStatement()) {
            String target = names.enquoteIdentifier(table, true);
            if (namespace != null) {
                target = names.enquoteIdentifier(namespace, true) + "." + target;
            }
            List<String> columns = new ArrayList<>();
            for (var field : schema.getFields()) {
                columns.add(names.enquoteIdentifier(field.getName(), true));
            }
            String parameters = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
            return connection.prepareStatement(
                    "INSERT INTO " + target + " (" + String.join(", ", columns) + ") VALUES (" + parameters + ")");
        }
    }

    private static long insert(
            PreparedStatement insert, RecordBatch batch, VectorSchemaRoot root, DictionaryProvider dictionaries)
            throws SQLException {
        ColumnarParameters parameters = insert.unwrap(ColumnarParameters.class);
        List<FieldVector> decoded = new ArrayList<>();
        try {
            List<VectorImport> columns = new ArrayList<>();
            for (FieldVector vector : root.getFieldVectors()) {
                FieldVector plain = plain(vector, dictionaries, decoded);
                columns.add(VectorImport.of(plain, parameters.types().get(columns.size()), batch));
            }
            int rows = root.getRowCount();
            for (int first = 0; first < rows; first += ROWS_OF_A_RUN) {
                insert(parameters, batch, columns, first, Math.min(rows - first, ROWS_OF_A_RUN));
            }
            return rows;
        } finally {
            decoded.forEach(FieldVector::close);
        }
    }

    private static void insert(
            ColumnarParameters parameters, RecordBatch batch, List<VectorImport> columns, int first, int count)
            throws SQLException {
        List<ColumnVector> vectors = new ArrayList<>(columns.size());
        for (VectorImport column : columns) {
            vectors.add(column.read(first, count));
        }
        try {
            parameters.executeBatch(new ColumnBatch(count, vectors));
        } catch (BatchUpdateException e) {
            throw batch.refused(first, e);
        }
    }

    private static FieldVector plain(FieldVector vector, DictionaryProvider dictionaries, List<FieldVector> decoded) {
        if (vector.getField().getDictionary() == null) {
            return vector;
        }
        Dictionary dictionary =
                dictionaries.lookup(vector.getField().getDictionary().getId());
        FieldVector plain = (FieldVector) DictionaryEncoder.decode(vector, dictionary);
        decoded.add(plain);
        return plain;
    }

    private static long atOnce(Connection connection, Work work) throws SQLException, IOException {
        boolean alone = connection.getAutoCommit();
        if (alone) {
            connection.setAutoCommit(false);
        }
        Savepoint start = alone ? null : connection.setSavepoint();
        boolean done = false;
        try {
            long count = work.run();
            if (start == null) {
                connection.commit();
            } else {
                connection.releaseSavepoint(start);
            }
            done = true;
            return count;
        } finally {
            if (!done) {
                rollBack(connection, start);
            }
            if (alone) {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void rollBack(Connection connection, @Nullable Savepoint start) throws SQLException {
        if (start == null) {
            connection.rollback();
        } else {
            connection.rollback(start);
        }
    }

    @FunctionalInterface
    private interface Work {
        long run() throws SQLException, IOException;
    }
}
