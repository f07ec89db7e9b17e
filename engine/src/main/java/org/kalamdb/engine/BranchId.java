// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** What a branch of a global transaction is known by, as its transaction manager gives it. Immutable. */
public final class BranchId {
    /** The most bytes that each of both parts may have. */
    public static final int MAX_PART_BYTES = 64;

    private final int formatId;
    private final byte[] globalId;
    private final byte[] qualifier;

    /**
     * @param formatId how the transaction manager makes its ids; not -1, which means none
     * @param globalId of the global transaction, 1 to 64 bytes
     * @param qualifier of the branch, 0 to 64 bytes
     */
    public BranchId(int formatId, byte[] globalId, byte[] qualifier) {
        if (formatId == -1 || globalId.length == 0 || Math.max(globalId.length, qualifier.length) > MAX_PART_BYTES) {
            throw new IllegalArgumentException("The id of a branch has a format other than -1, 1 to 64 bytes for the"
                    + " transaction and up to 64 for the branch");
        }
        this.formatId = formatId;
        this.globalId = globalId.clone();
        this.qualifier = qualifier.clone();
    }

    /** How the transaction manager makes its ids. */
    public int formatId() {
        return formatId;
    }

    /** The id of the global transaction; a copy. */
    public byte[] globalId() {
        return globalId.clone();
    }

    /** What tells the branch from others of the same transaction; a copy. */
    public byte[] qualifier() {
        return qualifier.clone();
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(Integer.BYTES + 1 + globalId.length + qualifier.length)
                .putInt(formatId)
                .put((byte) globalId.length)
                .put(globalId)
                .put(qualifier)
                .array();
    }

    public static BranchId of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int formatId = buffer.getInt();
        byte[] globalId = new byte[buffer.get()];
        buffer.get(globalId);
        byte[] qualifier = new byte[buffer.remaining()];
        buffer.get(qualifier);
        return new BranchId(formatId, globalId, qualifier);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BranchId that
                && formatId == that.formatId
                && Arrays.equals(globalId, that.globalId)
                && Arrays.equals(qualifier, that.qualifier);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * formatId + Arrays.hashCode(globalId)) + Arrays.hashCode(qualifier);
    }

    /** Format, transaction and branch; the bytes as hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return formatId + ":" + hex.formatHex(globalId) + ":" + hex.formatHex(qualifier);
    }
}
