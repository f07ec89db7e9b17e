// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Least and greatest values of the pages of one column of a segment. Immutable. */
public final class PageBounds {
    /** Nothing is known. */
    static final PageBounds UNKNOWN = new PageBounds(List.of());

    private final List<Page> pages;

    private PageBounds(List<Page> pages) {
        this.pages = pages;
    }

    /**
     * One page.
     *
     * @param nullCount how many rows are NULL
     * @param min in Parquet's plain encoding, at or before all values; null if all rows are NULL
     * @param max likewise, at or behind all values
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Page(long nullCount, byte @Nullable [] min, byte @Nullable [] max) {}

    boolean isUnknown() {
        return pages.isEmpty();
    }

    /** @param page counted in the segment */
    public Page page(int page) {
        return pages.get(page);
    }

    /** Gathers pages in their order. Confined to one thread. */
    static final class Builder {
        private final List<Page> pages = new ArrayList<>();

        void add(long nullCount, byte @Nullable [] min, byte @Nullable [] max) {
            pages.add(new Page(nullCount, min, max));
        }

        PageBounds build() {
            return new PageBounds(List.copyOf(pages));
        }
    }
}
