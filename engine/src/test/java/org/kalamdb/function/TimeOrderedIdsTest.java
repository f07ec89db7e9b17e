// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TimeOrderedIdsTest {
    private static final long MILLIS = 0x0189_ABCD_EF01L;

    private final AtomicLong clock = new AtomicLong(MILLIS);
    private final TimeOrderedIds ids = new TimeOrderedIds(clock::get);

    @Test
    void makesUuidsOfVersion7() {
        UUID id = ids.uuidV7();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(MILLIS);
    }

    @Test
    void ascendsWithinAMillisecondAndWhenTheClockGoesBack() {
        String previousUuid = ids.uuidV7().toString();
        String previousUlid = ids.ulid();
        for (int i = 0; i < 5_000; i++) {
            clock.set(MILLIS - i % 7);
            String uuid = ids.uuidV7().toString();
            String ulid = ids.ulid();
            assertThat(uuid).isGreaterThan(previousUuid);
            assertThat(ulid).isGreaterThan(previousUlid);
            previousUuid = uuid;
            previousUlid = ulid;
        }
    }

    @Test
    void writesUlidsInCrockfordsDigits() {
        assertThat(ids.ulid()).matches("[0-7][0-9A-HJKMNP-TV-Z]{25}").startsWith("01H6NWVVR1");
    }
}
