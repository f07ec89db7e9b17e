// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

final class SchemaCacheTest {
    @Test
    void loadsOnceAndCounts() {
        SchemaCache<String, String> cache = new SchemaCache<>(10);
        assertThat(cache.find("a", key -> Optional.of("first"))).contains("first");
        for (int i = 0; i < 999; i++) {
            assertThat(cache.find("a", key -> Optional.of("second"))).contains("first");
        }
        CacheStatistics statistics = cache.statistics();
        assertThat(statistics).isEqualTo(new CacheStatistics(999, 1, 0, 1));
        assertThat(statistics.hitRate()).isEqualTo(0.999);
        assertThat(new SchemaCache<>(1).statistics().hitRate()).isZero();
    }

    @Test
    void doesNotRememberWhatIsMissing() {
        SchemaCache<String, String> cache = new SchemaCache<>(10);
        assertThat(cache.find("a", key -> Optional.empty())).isEmpty();
        assertThat(cache.find("a", key -> Optional.of("now"))).contains("now");
    }

    @Test
    void staysWithinItsCapacity() {
        SchemaCache<Integer, Integer> cache = new SchemaCache<>(10);
        for (int i = 0; i < 100; i++) {
            cache.find(i, Optional::of);
        }
        assertThat(cache.statistics()).isEqualTo(new CacheStatistics(0, 100, 90, 10));
    }

    @Test
    void keepsWhatIsUsed() {
        SchemaCache<Integer, Integer> cache = new SchemaCache<>(10);
        for (int i = 0; i < 1000; i++) {
            cache.find(-1, Optional::of);
            cache.find(i, Optional::of);
        }
        assertThat(cache.statistics().hits()).isGreaterThan(900);
    }

    @Test
    void replacesAndForgets() {
        SchemaCache<String, String> cache = new SchemaCache<>(10);
        cache.put("a", "old");
        cache.put("a", "new");
        assertThat(cache.find("a", key -> Optional.of("loaded"))).contains("new");
        cache.invalidate("a");
        assertThat(cache.find("a", key -> Optional.of("loaded"))).contains("loaded");
    }

    @Test
    void passesFailuresOfTheStoreOn() {
        SchemaCache<String, String> cache = new SchemaCache<>(10);
        assertThatThrownBy(() -> cache.find("a", key -> {
                    throw new IllegalStateException("disk");
                }))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("disk");
        assertThat(cache.find("a", key -> Optional.of("back"))).contains("back");
    }

    @Test
    void answersFromTheStoreWhenTheCacheFails() {
        SchemaCache<String, String> cache = new SchemaCache<>(failing(Set.of("get")));
        assertThat(cache.find("a", key -> Optional.of("stored"))).contains("stored");
    }

    @Test
    void isNotUsedAnyMoreOnceItMayBeStale() {
        Set<String> broken = ConcurrentHashMap.newKeySet();
        SchemaCache<String, String> cache = new SchemaCache<>(failing(broken));
        cache.put("a", "old");
        assertThat(cache.find("a", key -> Optional.of("stored"))).contains("old");
        broken.add("invalidate");
        cache.invalidate("a");
        broken.clear();
        assertThat(cache.find("a", key -> Optional.of("stored"))).contains("stored");
    }

    /** A real cache whose named methods fail. */
    @SuppressWarnings("unchecked")
    private static Cache<String, String> failing(Set<String> brokenMethods) {
        Cache<String, String> real = Caffeine.newBuilder().recordStats().build();
        return (Cache<String, String>) Proxy.newProxyInstance(
                Cache.class.getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, args) -> {
                    if (brokenMethods.contains(method.getName())) {
                        throw new IllegalStateException("broken cache");
                    }
                    return method.invoke(real, args);
                });
    }
}
