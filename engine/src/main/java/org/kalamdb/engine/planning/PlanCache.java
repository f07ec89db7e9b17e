// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.planning;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.GeneratedKeys;

/** The plans of the last statements, and how statements came by their plans. Safe for use by several threads. */
final class PlanCache {
    private static final int MAX_PLANS = 1000;

    private final LongAdder hits = new LongAdder();
    private final LongAdder sharedHits = new LongAdder();
    private final LongAdder direct = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final Cache<Key, PlannedStatement> plans = Caffeine.newBuilder()
            .maximumSize(MAX_PLANS)
            .executor(Runnable::run)
            .evictionListener(
                    (@Nullable Key key, @Nullable PlannedStatement plan, RemovalCause cause) -> evictions.increment())
            .build();

    /** What a plan is kept under. */
    record Key(String sql, String namespace, GeneratedKeys generatedKeys) {
        /** As a record has it, which would take dozens of calls until the optimising compiler has seen it. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && sql.equals(key.sql)
                    && namespace.equals(key.namespace)
                    && generatedKeys.equals(key.generatedKeys);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * sql.hashCode() + namespace.hashCode()) + generatedKeys.hashCode();
        }
    }

    /** How a statement came by its plan. */
    enum Outcome {
        /** It was kept under the text. */
        HIT,
        /** It was kept for another text that differs in no more than values. */
        SHARED_HIT,
        /** It was made directly, which takes no longer than looking it up. */
        DIRECT,
        /** It was made by the full planner. */
        MISS
    }

    @Nullable
    PlannedStatement find(Key key) {
        return plans.getIfPresent(key);
    }

    void put(Key key, PlannedStatement plan) {
        plans.put(key, plan);
    }

    void forgetAll() {
        plans.invalidateAll();
    }

    void count(Outcome outcome) {
        switch (outcome) {
            case HIT -> hits.increment();
            case SHARED_HIT -> sharedHits.increment();
            case DIRECT -> direct.increment();
            case MISS -> misses.increment();
        }
    }

    /** By the names of {@code system.stats}. */
    Map<String, Long> metrics() {
        return Map.of(
                "plan_cache_hits", hits.sum(),
                "plan_cache_shared_hits", sharedHits.sum(),
                "plan_cache_direct_plans", direct.sum(),
                "plan_cache_misses", misses.sum(),
                "plan_cache_evictions", evictions.sum(),
                "plan_cache_entries", plans.estimatedSize());
    }
}
