// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.type.KalamDataType;

/**
 * Decoded pages of columns of segments, on the heap. Bounded by bytes; what is used often stays, so that a scan of more than
 * there is room for does not drive out all the rest. Safe for use by several threads.
 */
public final class ColumnCache {
    private static final ColumnCache NONE = new ColumnCache(0);

    private final Cache<Place, ColumnPage> pages;

    /** @param type what the values were converted to, or the type they are stored in */
    private record Place(long segmentId, int column, int page, KalamDataType type) {
        // Written out: those of a record take several times as long, and each page of each column that is read asks for
        // them.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place place
                    && segmentId == place.segmentId
                    && column == place.column
                    && page == place.page
                    && type.equals(place.type);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Long.hashCode(segmentId) + column) + page;
        }
    }

    /** @param maxBytes the heap it may take; 0 for a cache that keeps nothing */
    public ColumnCache(long maxBytes) {
        this.pages = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Place place, ColumnPage page) -> (int) Math.min(Integer.MAX_VALUE, page.sizeInBytes()))
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    /** One that keeps nothing, for what reads every page once. */
    public static ColumnCache none() {
        return NONE;
    }

    /** The values of a page of a column, of the type they are stored in. */
    public ColumnVector page(Segment segment, int column, int page) {
        KalamDataType type = segment.entry().columns().get(column).type();
        return page(
                segment,
                column,
                page,
                type,
                () -> segment.file().reader(column, page, page).page(page));
    }

    /**
     * The values of a page of a column.
     *
     * @param type the type of the values
     * @param decoder makes them if they are not here
     */
    public ColumnVector page(Segment segment, int column, int page, KalamDataType type, Supplier<ColumnPage> decoder) {
        Place place = new Place(segment.entry().segmentId(), column, page, type);
        ColumnPage known = pages.getIfPresent(place);
        if (known == null) {
            known = decoder.get();
            pages.put(place, known);
        }
        return known.values();
    }

    /** Changes the bound; what is too much goes at once. @param maxBytes as for the constructor */
    public void setMaxBytes(long maxBytes) {
        pages.policy().eviction().ifPresent(eviction -> eviction.setMaximum(maxBytes));
    }

    /** Drops the pages of a segment. */
    public void forget(Segment segment) {
        long segmentId = segment.entry().segmentId();
        pages.asMap().keySet().removeIf(place -> place.segmentId() == segmentId);
    }

    /** How often a page was here. */
    public long hits() {
        return pages.stats().hitCount();
    }

    /** How often a page had to be decoded. */
    public long misses() {
        return pages.stats().missCount();
    }

    /** Bytes of the pages that are here. */
    public long sizeInBytes() {
        return pages.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }
}
