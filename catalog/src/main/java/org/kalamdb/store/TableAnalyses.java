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
import org.kalamdb.schema.Histogram;
import org.kalamdb.schema.TableAnalysis;
import org.kalamdb.schema.TableAnalysis.ColumnAnalysis;

/** What ANALYZE has found in tables, by their object ids. Safe for use by several threads. */
final class TableAnalyses extends EntityStore<Long, TableAnalysis> {
    private static final byte[] SPACE = CatalogKeys.space("analysis");
    private static final int FORMAT = 2;

    /** Without histograms. */
    private static final int OLD_FORMAT = 1;

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
                write(out, column.statistics().histogram());
                out.writeInt(column.bounds().size());
                for (String bound : column.bounds()) {
                    out.writeUTF(bound);
                }
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
            if (format != FORMAT && format != OLD_FORMAT) {
                throw new IOException("format " + format);
            }
            return read(in, format == FORMAT);
        } catch (IOException | RuntimeException e) {
            throw new KalamException(
                    ErrorCode.DATA_CORRUPTED,
                    "Cannot read what ANALYZE has found: " + e + "; restore the database from a backup",
                    e);
        }
    }

    private static TableAnalysis read(DataInputStream in, boolean withHistograms) throws IOException {
        long objectId = in.readLong();
        long rowCount = in.readLong();
        long analyzedMicros = in.readLong();
        List<ColumnAnalysis> columns = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            columns.add(readColumn(in, withHistograms));
        }
        return new TableAnalysis(objectId, rowCount, analyzedMicros, columns);
    }

    private static ColumnAnalysis readColumn(DataInputStream in, boolean withHistogram) throws IOException {
        long columnId = in.readLong();
        double distinct = in.readDouble();
        double nulls = in.readDouble();
        double min = in.readDouble();
        double max = in.readDouble();
        String minText = readOptional(in);
        String maxText = readOptional(in);
        Histogram histogram = withHistogram ? readHistogram(in) : Histogram.UNKNOWN;
        List<String> bounds = new ArrayList<>();
        for (int count = withHistogram ? in.readInt() : 0; count > 0; count--) {
            bounds.add(in.readUTF());
        }
        ColumnStatistics statistics = new ColumnStatistics(distinct, nulls, min, max, histogram);
        return new ColumnAnalysis(columnId, statistics, minText, maxText, bounds);
    }

    private static void write(DataOutputStream out, Histogram histogram) throws IOException {
        out.writeInt(histogram.bounds().size());
        for (double bound : histogram.bounds()) {
            out.writeDouble(bound);
        }
        out.writeInt(histogram.frequent().size());
        for (Histogram.Frequent each : histogram.frequent()) {
            out.writeDouble(each.position());
            out.writeDouble(each.part());
        }
    }

    private static Histogram readHistogram(DataInputStream in) throws IOException {
        List<Double> bounds = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            bounds.add(in.readDouble());
        }
        List<Histogram.Frequent> frequent = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            frequent.add(new Histogram.Frequent(in.readDouble(), in.readDouble()));
        }
        return new Histogram(bounds, frequent);
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
