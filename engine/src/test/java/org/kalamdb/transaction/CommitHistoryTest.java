// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.transaction.CommitHistory.Commit;

final class CommitHistoryTest {
    private final Numbers numbers = new Numbers();
    private final CommitHistory history = new CommitHistory(10, numbers);

    @Test
    void aCommitCountsAsVisibleWhenThoseBeforeItAre() {
        Commit first = begin(null, 0, 1);
        Commit second = begin(null, 0, 2);
        history.complete(second);
        assertThat(history.now()).isZero();
        history.complete(first);
        assertThat(history.now()).isEqualTo(2);
    }

    @Test
    void refusesWhoeverReadWhatWasWrittenSince() {
        long time = history.watch();
        history.complete(begin(null, 0, 1));

        assertRefused(() -> begin(reads(1), time, 5));
        history.complete(begin(reads(2), time, 5));
        long later = history.watch();
        history.complete(begin(reads(1), later, 6));
    }

    @Test
    void refusesWhoeverReadWhatIsBeingWritten() {
        long time = history.watch();
        Commit underWay = begin(null, 0, 1);
        assertRefused(() -> begin(reads(1), time, 5));
        history.complete(underWay);
        assertRefused(() -> begin(reads(1), time, 5));
    }

    @Test
    void remembersWhatWasOvertakenBeforeAnybodyWatched() {
        Commit slow = begin(null, 0, 1);
        history.complete(begin(null, 0, 2));
        long time = history.watch();
        history.complete(slow);

        assertRefused(() -> begin(reads(1), time, 5));
        assertRefused(() -> begin(reads(2), time, 5));
    }

    @Test
    void whoeverWritesWhatIsReadWaitsForTheReader() throws Exception {
        long time = history.watch();
        Commit reader = begin(reads(1), time, 5);
        Commit unrelated = begin(null, 0, 2);
        CompletableFuture<Commit> writer = CompletableFuture.supplyAsync(() -> begin(null, 0, 1));
        history.complete(unrelated);
        assertThat(writer).isNotDone();
        history.complete(reader);
        history.complete(writer.get(30, TimeUnit.SECONDS));
        assertThat(history.now()).isEqualTo(3);
    }

    @Test
    void refusesWhoeverNeedsWhatIsForgotten() {
        long time = history.watch();
        for (int key = 0; key < 20; key++) {
            history.complete(begin(null, 0, key));
        }
        assertRefused(() -> begin(reads(99), time, 5));
        long later = history.watch();
        history.unwatch(time);
        history.complete(begin(reads(99), later, 5));
    }

    @Test
    void remembersKeysByHashForGood() {
        LockKey key = new LockKey(KeySpace.ROWS, new byte[] {7});
        long before = history.now();
        assertThat(history.mayHaveChangedSince(before, key)).isFalse();
        history.complete(history.begin(writes(7), List.of(key), null, 0));
        assertThat(history.mayHaveChangedSince(before, key)).isTrue();
        assertThat(history.mayHaveChangedSince(history.now(), key)).isFalse();
    }

    private Commit begin(@Nullable ReadSet reads, long time, int written) {
        return history.begin(writes(written), List.of(), reads, time);
    }

    private static PendingWrites writes(int key) {
        PendingWrites writes = new PendingWrites();
        writes.put(KeySpace.ROWS, new byte[] {(byte) key}, new byte[1]);
        return writes;
    }

    private static ReadSet reads(int key) {
        ReadSet reads = new ReadSet();
        reads.addKey(KeySpace.ROWS, new byte[] {(byte) key});
        return reads;
    }

    private static void assertRefused(Runnable commit) {
        assertThatThrownBy(commit::run)
                .extracting(e -> ((KalamException) e).code())
                .isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
    }

    @Test
    void jumpsToTheNumbersThatItMayGive() {
        history.complete(begin(null, 0, 1));
        assertThat(history.now()).isEqualTo(1);
        numbers.floor = 5L * CommitNumbers.BLOCK;
        history.complete(begin(null, 0, 1));
        assertThat(history.now()).isEqualTo(numbers.floor);
        history.complete(begin(null, 0, 1));
        assertThat(history.now()).isEqualTo(numbers.floor + 1);
    }

    @Test
    void nothingIsUnderWayBetweenCommits() throws Exception {
        Commit underWay = begin(null, 0, 1);
        CompletableFuture<Long> seen = CompletableFuture.supplyAsync(() -> history.betweenCommits(history::now));
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 1000; i++) {
                history.complete(begin(null, 0, 2));
            }
        });
        assertThat(seen).isNotDone();
        history.complete(underWay);

        assertThat(seen.get(10, TimeUnit.SECONDS)).isBetween(1L, 1001L);
        others.get(10, TimeUnit.SECONDS);
        assertThat(history.now()).isEqualTo(1001);
    }

    /** As many numbers as are wanted. */
    private static final class Numbers implements CommitNumbers {
        private volatile long floor;

        @Override
        public long reserve() {
            return Math.max(1, floor);
        }

        @Override
        public long floor() {
            return floor;
        }
    }
}
