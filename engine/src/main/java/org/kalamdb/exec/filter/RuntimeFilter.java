// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The promise of a key set, made when a query is opened and kept when its keys are known. Until then, and for good if they
 * cannot be known, every row passes. Safe for use by several threads.
 */
public final class RuntimeFilter {
    private final @Nullable Extremes sought;
    private volatile @Nullable List<Object> values;
    private volatile @Nullable KeySet keys;

    /** One that lets the keys of a join pass. */
    public RuntimeFilter() {
        this(null);
    }

    private RuntimeFilter(@Nullable Extremes sought) {
        this.sought = sought;
    }

    /** One that lets values pass which lie beyond those that have been met. */
    public static RuntimeFilter seeking(Extremes sought) {
        return new RuntimeFilter(sought);
    }

    /** Which values are to be read first, since others then need not be read; null if that does not matter. */
    public @Nullable Extremes sought() {
        return sought;
    }

    /**
     * From now on, rows whose value is surely none of the keys are not wanted.
     *
     * @param few all keys as internal values, each once, if they are few and none is NULL; else null
     */
    public void publish(KeySet known, @Nullable List<Object> few) {
        values = few;
        keys = known;
    }

    /** All keys if they are few and none is NULL, else null. */
    public @Nullable List<Object> fewValues() {
        return values;
    }

    /** The keys, or null if every row passes. */
    public @Nullable KeySet keys() {
        return keys;
    }
}
