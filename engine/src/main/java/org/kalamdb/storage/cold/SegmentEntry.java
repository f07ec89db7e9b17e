// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

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
import org.kalamdb.type.TypeDescriptorCodec;

/**
 * What the manifest says of one segment. Immutable.
 *
 * @param objectId the table's object id
 * @param segmentId number of the segment, unique in the database and never used again
 * @param user whose rows it holds, or null if rows of the table belong to nobody
 * @param file where it is, relative to the folder of the cold tier, with {@code /} between names
 * @param schemaVersion version of the table whose columns it has
 * @param columns its columns, in file order
 * @param keyIndexes which of the columns make up the row key, in key order
 * @param createdMicros when it was written, in microseconds since 1970-01-01 UTC
 * @param summary size, rows, keys and statistics
 */
public record SegmentEntry(
        long objectId,
        long segmentId,
        @Nullable String user,
        String file,
        int schemaVersion,
        List<SegmentColumn> columns,
        List<Integer> keyIndexes,
        long createdMicros,
        SegmentSummary summary) {
    private static final int FORMAT = 2;

    /** Entries of it say nothing of how many different values a column has. */
    private static final int FORMAT_WITHOUT_SKETCHES = 1;

    public SegmentEntry {
        requireNonNull(file, "file is null");
        requireNonNull(summary, "summary is null");
        columns = List.copyOf(columns);
        keyIndexes = List.copyOf(keyIndexes);
    }

    /** The index of a column in the file, or -1 if the segment is older than the column. */
    public int indexOf(long columnId) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).columnId() == columnId) {
                return i;
            }
        }
        return -1;
    }

    /** Bytes that {@link #decode} reads. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(objectId);
            out.writeLong(segmentId);
            writeOptional(out, user == null ? null : user.getBytes(UTF_8));
            write(out, file.getBytes(UTF_8));
            out.writeInt(schemaVersion);
            out.writeLong(createdMicros);
            out.writeLong(summary.sizeInBytes());
            out.writeInt(summary.checksum());
            out.writeInt(summary.footerChecksum());
            out.writeInt(summary.rowCount());
            write(out, summary.minKey());
            write(out, summary.maxKey());
            out.writeInt(keyIndexes.size());
            for (int index : keyIndexes) {
                out.writeInt(index);
            }
            out.writeInt(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                SegmentColumn column = columns.get(i);
                out.writeLong(column.columnId());
                write(out, column.name().getBytes(UTF_8));
                write(out, TypeDescriptorCodec.encode(column.type()));
                out.writeBoolean(column.nullable());
                out.writeBoolean(column.inKey());
                ColumnSummary values = summary.columns().get(i);
                out.writeLong(values.nullCount());
                writeOptional(out, values.min());
                writeOptional(out, values.max());
                writeOptional(out, values.sketch());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws KalamException DATA_CORRUPTED if the bytes are not those of an entry */
    public static SegmentEntry decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT && format != FORMAT_WITHOUT_SKETCHES) {
                throw new IOException("format " + format);
            }
            return read(in, format == FORMAT);
        } catch (IOException | RuntimeException e) {
            throw new KalamException(
                    ErrorCode.DATA_CORRUPTED,
                    "Cannot read the manifest of the cold tier: " + e + "; restore the database from a backup",
                    e);
        }
    }

    private static SegmentEntry read(DataInputStream in, boolean withSketches) throws IOException {
        long objectId = in.readLong();
        long segmentId = in.readLong();
        byte[] user = readOptional(in);
        String file = new String(read(in, in.readInt()), UTF_8);
        int schemaVersion = in.readInt();
        long createdMicros = in.readLong();
        long sizeInBytes = in.readLong();
        int checksum = in.readInt();
        int footerChecksum = in.readInt();
        int rowCount = in.readInt();
        byte[] minKey = read(in, in.readInt());
        byte[] maxKey = read(in, in.readInt());
        List<Integer> keyIndexes = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            keyIndexes.add(in.readInt());
        }
        List<SegmentColumn> columns = new ArrayList<>();
        List<ColumnSummary> summaries = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            long columnId = in.readLong();
            columns.add(new SegmentColumn(
                    columnId,
                    new String(read(in, in.readInt()), UTF_8),
                    TypeDescriptorCodec.decode(read(in, in.readInt())),
                    in.readBoolean(),
                    in.readBoolean()));
            summaries.add(new ColumnSummary(
                    columnId,
                    in.readLong(),
                    readOptional(in),
                    readOptional(in),
                    withSketches ? readOptional(in) : null));
        }
        return new SegmentEntry(
                objectId,
                segmentId,
                user == null ? null : new String(user, UTF_8),
                file,
                schemaVersion,
                columns,
                keyIndexes,
                createdMicros,
                new SegmentSummary(sizeInBytes, checksum, footerChecksum, rowCount, minKey, maxKey, summaries));
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void writeOptional(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            out.writeInt(-1);
        } else {
            write(out, bytes);
        }
    }

    private static byte[] read(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    private static byte @Nullable [] readOptional(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : read(in, length);
    }
}
