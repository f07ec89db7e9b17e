// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded cache of definitions in front of their store. Safe for use by several threads.
 *
 * <p>It is never stale after a change: a load holds its key while it reads the store, so {@link #put} and
 * {@link #invalidate}, called after the change is durable, wait for loads that might have read the old definition and
 * replace what those brought. Whoever asks after that finds the new definition or loads it.
 *
 * <p>A fault of the cache itself never fails a lookup: the store answers instead. After a fault in {@link #put} or
 * {@link #invalidate} the cache is out of use for good, since it might be stale.
 *
 * @param <K> what a definition is found by
 * @param <V> the definition
 */
public final class SchemaCache<K, V> {
    /** Most definitions that a cache holds if nothing else is said. */
    public static final int DEFAULT_CAPACITY = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(SchemaCache.class);

    private final Cache<K, V> cache;
    private volatile boolean bypassed;

    /** @param capacity most definitions it holds, at least 1 */
    public SchemaCache(int capacity) {
        // Upkeep runs in the caller, so that no thread of ours is needed and the bound holds at once.
        this(Caffeine.newBuilder()
                .maximumSize(capacity)
                .executor(Runnable::run)
                .recordStats()
                .build());
    }

    SchemaCache(Cache<K, V> cache) {
        this.cache = requireNonNull(cache, "cache is null");
    }

    /** The definition under {@code key}, from the cache or else from {@code loader}; concurrent callers load it once. */
    public Optional<V> find(K key, Function<K, Optional<V>> loader) {
        if (bypassed) {
            return loader.apply(key);
        }
        try {
            @Nullable V value = cache.get(key, wanted -> load(wanted, loader));
            return Optional.ofNullable(value);
        } catch (LoadFailure e) {
            throw e.failure;
        } catch (RuntimeException e) {
            LOG.warn("The schema cache failed to look up {}, the store answers instead", key, e);
            return loader.apply(key);
        }
    }

    /** Makes {@code value} what lookups find. To be called after the store has it. */
    public void put(K key, V value) {
        try {
            cache.put(key, value);
        } catch (RuntimeException e) {
            bypass(key, e);
        }
    }

    /** Makes the next lookup ask the store. To be called after the store has changed. */
    public void invalidate(K key) {
        try {
            cache.invalidate(key);
        } catch (RuntimeException e) {
            bypass(key, e);
        }
    }

    /** What it has done so far. */
    public CacheStatistics statistics() {
        cache.cleanUp();
        CacheStats stats = cache.stats();
        return new CacheStatistics(stats.hitCount(), stats.missCount(), stats.evictionCount(), cache.estimatedSize());
    }

    private void bypass(K key, RuntimeException fault) {
        bypassed = true;
        LOG.warn("The schema cache failed to change {}, it is not used any more", key, fault);
    }

    private static <K, V> @Nullable V load(K key, Function<K, Optional<V>> loader) {
        try {
            return loader.apply(key).orElse(null);
        } catch (RuntimeException e) {
            throw new LoadFailure(e);
        }
    }

    /** Tells a failure of the store, which is the caller's to see, from a fault of the cache. */
    private static final class LoadFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final RuntimeException failure;

        private LoadFailure(RuntimeException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
