// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.batch;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A column of TEXT, JSON or BYTES of which rows name their value by its place in a dictionary. Only scans for operators give
 * it; rows for clients are copied into a {@link BytesVector}. Confined to one thread.
 */
public final class DictionaryVector extends ColumnVector {
    private final BytesVector dictionary;
    private final int[] codes;

    /**
     * @param dictionary the values, none of them NULL; several vectors may share it
     * @param codes for each row that is not NULL the row of its value in the dictionary; owned by this vector from now on
     */
    public DictionaryVector(BytesVector dictionary, int size, int[] codes, long @Nullable [] nulls) {
        super(dictionary.type(), size, nulls);
        this.dictionary = requireNonNull(dictionary, "dictionary is null");
        this.codes = codes;
    }

    /** The values that rows may have. */
    public BytesVector dictionary() {
        return dictionary;
    }

    /** The array behind the vector; read only. */
    public int[] codes() {
        return codes;
    }

    @Override
    public String getString(int row) {
        return dictionary.getString(codes[row]);
    }

    @Override
    public byte[] getBytes(int row) {
        return dictionary.getBytes(codes[row]);
    }

    @Override
    Object nonNullValue(int row) {
        return dictionary.nonNullValue(codes[row]);
    }
}
