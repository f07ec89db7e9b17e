// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts and deletes that are applied together, in order. Its arrays are not copied. Confined to one thread. */
public final class WriteBatch {
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte @Nullable []> values = new ArrayList<>();

    /** Takes what a batch holds. */
    public interface Visitor {
        /** Sets {@code key} to {@code value}. */
        void put(byte[] key, byte[] value);

        /** Removes {@code key} if it is there. */
        void delete(byte[] key);
    }

    /** Sets {@code key} to {@code value}. */
    public WriteBatch put(byte[] key, byte[] value) {
        keys.add(requireNonNull(key, "key is null"));
        values.add(requireNonNull(value, "value is null"));
        return this;
    }

    /** Removes {@code key} if it is there. */
    public WriteBatch delete(byte[] key) {
        keys.add(requireNonNull(key, "key is null"));
        values.add(null);
        return this;
    }

    /** Number of puts and deletes. */
    public int size() {
        return keys.size();
    }

    /** Shows every put and delete in order. */
    public void forEach(Visitor visitor) {
        for (int i = 0; i < keys.size(); i++) {
            byte[] value = values.get(i);
            if (value == null) {
                visitor.delete(keys.get(i));
            } else {
                visitor.put(keys.get(i), value);
            }
        }
    }
}
