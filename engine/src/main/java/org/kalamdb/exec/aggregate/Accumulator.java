// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.aggregate;

import org.jspecify.annotations.Nullable;

/** An aggregate under way. Confined to one thread. */
public interface Accumulator {
    /** @param arguments of one row */
    void add(@Nullable Object[] arguments);

    /** Whether rows can be removed again, the first added first, with the same outcome as if they had not been added. */
    default boolean canRemove() {
        return false;
    }

    /** Takes back what was added first. Asked only of accumulators that can. */
    default void remove(@Nullable Object[] arguments) {
        throw new UnsupportedOperationException("Rows cannot be removed from " + getClass());
    }

    /** Whether it holds all that was added, or most of it, until it is asked for its value. */
    default boolean holdsValues() {
        return false;
    }

    /** The aggregate of what was added and not removed. */
    @Nullable
    Object value();

    /** As the other one. @param check called now and then if that takes long, to throw if the query is to stop */
    default @Nullable Object value(Runnable check) {
        return value();
    }
}
