// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeKind;

/** A column of TEXT, JSON (UTF-8) or BYTES: one byte array and offsets. Confined to one thread. */
public final class BytesVector extends ColumnVector {
    private final byte[] data;
    private final int[] offsets;

    /**
     * @param data the bytes of all rows, owned by this vector from now on
     * @param offsets row {@code i} is {@code data[offsets[i] .. offsets[i + 1])}; {@code size + 1} entries at least
     */
    public BytesVector(KalamDataType type, int size, byte[] data, int[] offsets, long @Nullable [] nulls) {
        super(type, size, nulls);
        this.data = data;
        this.offsets = offsets;
    }

    /** The bytes behind the vector; read only. */
    public byte[] data() {
        return data;
    }

    /** Where rows begin and end in {@link #data()}; read only. */
    public int[] offsets() {
        return offsets;
    }

    @Override
    public String getString(int row) {
        return new String(data, offsets[row], offsets[row + 1] - offsets[row], StandardCharsets.UTF_8);
    }

    @Override
    public byte[] getBytes(int row) {
        return Arrays.copyOfRange(data, offsets[row], offsets[row + 1]);
    }

    @Override
    Object nonNullValue(int row) {
        return type().kind() == TypeKind.BYTES ? getBytes(row) : getString(row);
    }
}
