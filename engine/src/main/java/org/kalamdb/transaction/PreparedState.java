// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;

/**
 * All that is left of a transaction when it is prepared, and how that is stored. Confined to one thread at a time.
 *
 * @param writes what its commit applies
 * @param locked keys that it may write
 * @param guarded other keys that it has locked, and how
 * @param changes what it did to tables
 * @param reads what nobody may write before it ends; null for nothing
 */
record PreparedState(
        PendingWrites writes,
        List<LockKey> locked,
        Map<LockKey, LockMode> guarded,
        List<TableChange> changes,
        @Nullable ReadSet reads) {
    private static final int FORMAT = 1;
    /** So that what is stored fits into an array while it is copied. */
    private static final long MAX_BYTES = 1L << 30;

    private static final KeySpace[] SPACES = KeySpace.values();

    /** @throws KalamException LIMIT_EXCEEDED */
    byte[] encode() {
        if (writes.sizeInBytes() > MAX_BYTES) {
            throw new KalamException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Cannot prepare a transaction with " + writes.sizeInBytes() + " bytes of changes, the most is "
                            + MAX_BYTES + "; commit more often");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream output = new DataOutputStream(bytes)) {
            output.writeByte(FORMAT);
            writeChanges(output);
            writeLocks(output);
            writeReads(output);
            writeWrites(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * @param tables finds a table by its object id; null for one that was never completed, as what was written to it is
     * @throws KalamException DATA_CORRUPTED
     */
    static PreparedState decode(byte[] record, LongFunction<@Nullable TableDefinition> tables) {
        try (DataInputStream input = new DataInputStream(new ByteArrayInputStream(record))) {
            int format = input.readByte();
            if (format != FORMAT) {
                throw new KalamException(
                        ErrorCode.DATA_CORRUPTED,
                        "Cannot read a prepared transaction: its format is " + format + "; use a newer release");
            }
            List<TableChange> changes = readChanges(input, tables);
            List<LockKey> locked = new ArrayList<>();
            for (int left = input.readInt(); left > 0; left--) {
                locked.add(readKey(input));
            }
            Map<LockKey, LockMode> guarded = new LinkedHashMap<>();
            for (int left = input.readInt(); left > 0; left--) {
                guarded.put(readKey(input), input.readBoolean() ? LockMode.EXCLUSIVE : LockMode.SHARED);
            }
            ReadSet reads = readReads(input);
            return new PreparedState(readWrites(input), locked, guarded, changes, reads);
        } catch (IOException e) {
            throw new KalamException(
                    ErrorCode.DATA_CORRUPTED, "Cannot read a prepared transaction: it is cut short", e);
        }
    }

    /** Takes all locks for a transaction; nobody else has any that stand in its way. */
    void lock(LockTable locks, Transaction holder) {
        for (LockKey key : locked) {
            locks.restore(key, holder, LockMode.EXCLUSIVE);
        }
        guarded.forEach((key, mode) -> locks.restore(key, holder, mode));
    }

    private void writeChanges(DataOutputStream output) throws IOException {
        output.writeInt(changes.size());
        for (TableChange change : changes) {
            output.writeLong(change.definition().objectId());
            output.writeLong(change.rowCountDelta());
            output.writeLong(change.byteCountDelta());
        }
    }

    private static List<TableChange> readChanges(DataInputStream input, LongFunction<@Nullable TableDefinition> tables)
            throws IOException {
        List<TableChange> changes = new ArrayList<>();
        for (int left = input.readInt(); left > 0; left--) {
            @Nullable TableDefinition table = tables.apply(input.readLong());
            long rowCountDelta = input.readLong();
            long byteCountDelta = input.readLong();
            if (table != null) {
                changes.add(new TableChange(table, rowCountDelta, byteCountDelta));
            }
        }
        return List.copyOf(changes);
    }

    private void writeLocks(DataOutputStream output) throws IOException {
        output.writeInt(locked.size());
        for (LockKey key : locked) {
            writeKey(output, key.space(), key.key());
        }
        output.writeInt(guarded.size());
        for (Map.Entry<LockKey, LockMode> guard : guarded.entrySet()) {
            writeKey(output, guard.getKey().space(), guard.getKey().key());
            output.writeBoolean(guard.getValue() == LockMode.EXCLUSIVE);
        }
    }

    private void writeReads(DataOutputStream output) throws IOException {
        output.writeInt(reads == null ? 0 : reads.size());
        if (reads != null) {
            reads.forEach((space, lower, upper) -> {
                writeKey(output, space, lower);
                output.writeBoolean(upper != null);
                if (upper != null) {
                    writeBytes(output, upper);
                }
            });
        }
    }

    private static @Nullable ReadSet readReads(DataInputStream input) throws IOException {
        int count = input.readInt();
        if (count == 0) {
            return null;
        }
        ReadSet reads = new ReadSet();
        for (int left = count; left > 0; left--) {
            LockKey lower = readKey(input);
            reads.addRange(lower.space(), lower.key(), input.readBoolean() ? readBytes(input) : null);
        }
        return reads;
    }

    private void writeWrites(DataOutputStream output) throws IOException {
        output.writeInt(writes.size());
        writes.forEach((space, key, value) -> {
            try {
                writeKey(output, space, key);
                output.writeBoolean(PendingWrites.isDeletion(value));
                writeBytes(output, value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static PendingWrites readWrites(DataInputStream input) throws IOException {
        PendingWrites writes = new PendingWrites();
        for (int left = input.readInt(); left > 0; left--) {
            LockKey key = readKey(input);
            boolean deletion = input.readBoolean();
            byte[] value = readBytes(input);
            if (deletion) {
                writes.delete(key.space(), key.key());
            } else {
                writes.put(key.space(), key.key(), value);
            }
        }
        return writes;
    }

    private static void writeKey(DataOutputStream output, KeySpace space, byte[] key) throws IOException {
        output.writeByte(space.ordinal());
        writeBytes(output, key);
    }

    private static LockKey readKey(DataInputStream input) throws IOException {
        return new LockKey(SPACES[input.readByte()], readBytes(input));
    }

    private static void writeBytes(DataOutputStream output, byte[] bytes) throws IOException {
        output.writeInt(bytes.length);
        output.write(bytes);
    }

    private static byte[] readBytes(DataInputStream input) throws IOException {
        byte[] bytes = new byte[input.readInt()];
        input.readFully(bytes);
        return bytes;
    }
}
