// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnStatistics;
import org.kalamdb.schema.TableAnalysis;
import org.kalamdb.schema.TableAnalysis.ColumnAnalysis;

/** What ANALYZE has found in tables, by their object ids. Safe for use by several threads. */
final class TableAnalyses extends EntityStore<Long, TableAnalysis> {
    private static final byte[] SPACE = CatalogKeys.space("analysis");
    private static final int FORMAT = 1;

    TableAnalyses(KeyValueStore store) {
        super(store);
    }

    @Override
    byte[] prefix() {
        return SPACE;
    }

    @Override
    Long keyOf(TableAnalysis value) {
        return value.objectId();
    }

    @Override
    byte[] keyBytes(Long key) {
        return CatalogKeys.number(SPACE, key);
    }

    @Override
    byte[] encode(TableAnalysis value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(value.objectId());
            out.writeLong(value.rowCount());
            out.writeLong(value.analyzedMicros());
            out.writeInt(value.columns().size());
            for (ColumnAnalysis column : value.columns()) {
                out.writeLong(column.columnId());
                out.writeDouble(column.statistics().distinctCount());
                out.writeDouble(column.statistics().nullFraction());
                out.writeDouble(column.statistics().min());
                out.writeDouble(column.statistics().max());
                writeOptional(out, column.min());
                writeOptional(out, column.max());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    TableAnalysis decode(byte[] value) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IOException("format " + format);
            }
            return read(in);
        } catch (IOException | RuntimeException e) {
            throw new KalamException(
                    ErrorCode.DATA_CORRUPTED,
                    "Cannot read what ANALYZE has found: " + e + "; restore the database from a backup",
                    e);
        }
    }

    private static TableAnalysis read(DataInputStream in) throws IOException {
        long objectId = in.readLong();
        long rowCount = in.readLong();
        long analyzedMicros = in.readLong();
        List<ColumnAnalysis> columns = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            columns.add(new ColumnAnalysis(
                    in.readLong(),
                    new ColumnStatistics(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()),
                    readOptional(in),
                    readOptional(in)));
        }
        return new TableAnalysis(objectId, rowCount, analyzedMicros, columns);
    }

    private static void writeOptional(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static @Nullable String readOptional(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }
}
