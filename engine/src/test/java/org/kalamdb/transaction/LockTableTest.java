// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kalamdb.transaction.LockMode.EXCLUSIVE;
import static org.kalamdb.transaction.LockMode.SHARED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.engine.Durability;
import org.kalamdb.engine.IsolationLevel;
import org.kalamdb.engine.TransactionSettings;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;

/** Who gets a lock, who waits for it, and who is told that it never would. */
final class LockTableTest {
    private static final TableId TABLE = new TableId("app", "t");
    private static final LockKey KEY = key(1);
    private static final LockKey OTHER = key(2);
    private static final Duration PATIENT = Duration.ofSeconds(60);

    private final LockTable locks = new LockTable();
    private final Transactions transactions =
            new Transactions(new NoStore(), new NoGuard(), new TransactionOptions(PATIENT, 1, 1));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void isSharedByAllOrHeldByOne() throws Exception {
        Transaction one = begin();
        Transaction two = begin();
        assertThat(locks.acquire(KEY, one, SHARED, TABLE)).isTrue();
        assertThat(locks.acquire(KEY, two, SHARED, TABLE)).isTrue();
        assertThat(locks.acquire(KEY, one, SHARED, TABLE)).isFalse();
        Transaction three = begin();
        Future<Boolean> alone = start(KEY, three, EXCLUSIVE);
        release(one);
        assertThat(alone).isNotDone();
        release(two);
        assertThat(alone.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(locks.acquire(KEY, three, SHARED, TABLE)).isFalse();
        Future<Boolean> share = start(KEY, one, SHARED);
        Future<Boolean> another = start(KEY, two, SHARED);
        release(three);
        assertThat(share.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(another.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void passesNobodyWhoWaits() throws Exception {
        Transaction one = begin();
        Transaction two = begin();
        Transaction three = begin();
        locks.acquire(KEY, one, SHARED, TABLE);
        Future<Boolean> alone = start(KEY, two, EXCLUSIVE);
        Future<Boolean> share = start(KEY, three, SHARED);
        release(one);
        assertThat(alone.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(share).isNotDone();
        release(two);
        assertThat(share.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void servesThoseBehindWhoeverGivesUp() throws Exception {
        Transaction one = begin();
        Transaction impatient = begin(Duration.ofMillis(100));
        Transaction three = begin();
        locks.acquire(KEY, one, SHARED, TABLE);
        Future<Boolean> alone = start(KEY, impatient, EXCLUSIVE);
        Future<Boolean> share = start(KEY, three, SHARED);
        assertFails(alone, ErrorCode.LOCK_TIMEOUT);
        assertThat(share.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesTheLockAloneToTheLastWhoSharesIt() throws Exception {
        Transaction one = begin();
        Transaction two = begin();
        locks.acquire(KEY, one, SHARED, TABLE);
        assertThat(locks.acquire(KEY, one, EXCLUSIVE, TABLE)).isTrue();
        release(one);
        locks.acquire(KEY, one, SHARED, TABLE);
        locks.acquire(KEY, two, SHARED, TABLE);
        Future<Boolean> stranger = start(KEY, begin(), EXCLUSIVE);
        Future<Boolean> upgrade = start(KEY, one, EXCLUSIVE);
        release(two);
        assertThat(upgrade.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stranger).isNotDone();
        release(one);
        assertThat(stranger.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void keepsTheShareOfWhoeverCannotHaveTheLockAlone() throws Exception {
        Transaction impatient = begin(Duration.ofMillis(1));
        Transaction two = begin();
        locks.acquire(KEY, impatient, SHARED, TABLE);
        locks.acquire(KEY, two, SHARED, TABLE);
        assertFails(start(KEY, impatient, EXCLUSIVE), ErrorCode.LOCK_TIMEOUT);
        Future<Boolean> alone = start(KEY, two, EXCLUSIVE);
        assertThat(alone).isNotDone();
        release(impatient);
        assertThat(alone.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void twoWhoShareALockCannotBothHaveItAlone() throws Exception {
        Transaction one = begin();
        Transaction two = begin();
        locks.acquire(KEY, one, SHARED, TABLE);
        locks.acquire(KEY, two, SHARED, TABLE);
        Future<Boolean> first = start(KEY, one, EXCLUSIVE);
        assertDeadlock(KEY, two, EXCLUSIVE);
        release(two);
        assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void findsACycleThroughAnyWhoShares() throws Exception {
        Transaction one = begin();
        Transaction two = begin();
        Transaction three = begin();
        locks.acquire(OTHER, three, EXCLUSIVE, TABLE);
        locks.acquire(KEY, one, SHARED, TABLE);
        locks.acquire(KEY, two, SHARED, TABLE);
        Future<Boolean> waiting = start(OTHER, two, SHARED);
        assertDeadlock(KEY, three, EXCLUSIVE);
        release(three);
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void findsACycleThroughAQueue() throws Exception {
        Transaction one = begin();
        Transaction two = begin();
        Transaction three = begin();
        locks.acquire(KEY, one, SHARED, TABLE);
        locks.acquire(OTHER, three, EXCLUSIVE, TABLE);
        Future<Boolean> alone = start(KEY, two, EXCLUSIVE);
        Future<Boolean> behind = start(KEY, three, SHARED);
        assertDeadlock(OTHER, one, SHARED);
        release(one);
        assertThat(alone.get(30, TimeUnit.SECONDS)).isTrue();
        release(two);
        assertThat(behind.get(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Threads lock a few keys in any order and mode, and see that nobody has what excludes them. */
    @Test
    void neverLetsAnybodyInWhoIsExcluded() throws Exception {
        int keyCount = 4;
        AtomicIntegerArray sharers = new AtomicIntegerArray(keyCount);
        AtomicIntegerArray owners = new AtomicIntegerArray(keyCount);
        AtomicInteger deadlocks = new AtomicInteger();
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            done.add(threads.submit(() -> {
                for (int round = 0; round < 3000; round++) {
                    lockSome(random, begin(), sharers, owners, deadlocks);
                }
            }));
        }
        for (Future<?> each : done) {
            each.get(120, TimeUnit.SECONDS);
        }
        for (int key = 0; key < keyCount; key++) {
            assertThat(sharers.get(key)).isZero();
            assertThat(locks.acquire(key(key), begin(), EXCLUSIVE, TABLE)).isTrue();
        }
        assertThat(deadlocks).hasPositiveValue();
    }

    private void lockSome(
            Random random,
            Transaction transaction,
            AtomicIntegerArray sharers,
            AtomicIntegerArray owners,
            AtomicInteger deadlocks) {
        List<Integer> shared = new ArrayList<>();
        List<Integer> owned = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                int key = random.nextInt(sharers.length());
                boolean alone = random.nextBoolean();
                if (locks.acquire(key(key), transaction, alone ? EXCLUSIVE : SHARED, TABLE)) {
                    (alone ? owned : shared).add(key);
                    (alone ? owners : sharers).incrementAndGet(key);
                }
                int own = Collections.frequency(shared, key);
                if (owned.contains(key)) {
                    assertThat(owners.get(key)).isOne();
                    assertThat(sharers.get(key)).isEqualTo(own);
                } else {
                    assertThat(owners.get(key)).isZero();
                }
            }
        } catch (KalamException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.DEADLOCK);
            deadlocks.incrementAndGet();
        }
        shared.forEach(sharers::decrementAndGet);
        owned.forEach(owners::decrementAndGet);
        locks.release(shared.stream().map(LockTableTest::key).toList(), transaction);
        locks.release(owned.stream().map(LockTableTest::key).toList(), transaction);
    }

    private Transaction begin() {
        return begin(PATIENT);
    }

    private Transaction begin(Duration lockTimeout) {
        return transactions.begin(
                new TransactionSettings(IsolationLevel.READ_COMMITTED, false, lockTimeout, Durability.NORMAL));
    }

    private void release(Transaction transaction) {
        locks.release(List.of(KEY, OTHER), transaction);
    }

    /** Asks for a lock that cannot be had at once, and returns when it waits or was refused. */
    private Future<Boolean> start(LockKey key, Transaction transaction, LockMode mode) throws InterruptedException {
        Future<Boolean> waiting = threads.submit(() -> locks.acquire(key, transaction, mode, TABLE));
        while (!waiting.isDone() && !locks.isWaiting(transaction)) {
            Thread.sleep(1);
        }
        return waiting;
    }

    private void assertDeadlock(LockKey key, Transaction transaction, LockMode mode) {
        assertThatThrownBy(() -> locks.acquire(key, transaction, mode, TABLE))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLOCK));
    }

    private static void assertFails(Future<Boolean> waiting, ErrorCode code) {
        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static LockKey key(int number) {
        return new LockKey(KeySpace.ROWS, new byte[] {(byte) number});
    }

    /** Locks alone do not read or write. */
    private static final class NoStore implements VersionedStore {
        @Override
        public StoreSnapshot snapshot() {
            throw new AssertionError();
        }

        @Override
        public byte @Nullable [] get(KeySpace space, @Nullable StoreSnapshot snapshot, byte[] key) {
            throw new AssertionError();
        }

        @Override
        public List<byte @Nullable []> getAll(KeySpace space, @Nullable StoreSnapshot snapshot, List<byte[]> keys) {
            throw new AssertionError();
        }

        @Override
        public void commit(PendingWrites writes, Collection<TableChange> changes, long number, Durability durability) {
            throw new AssertionError();
        }

        @Override
        public void forEach(KeySpace space, BiConsumer<byte[], byte[]> action) {
            throw new AssertionError();
        }

        @Override
        public CommitNumbers commitNumbers() {
            return new NoNumbers();
        }
    }

    private static final class NoNumbers implements CommitNumbers {
        @Override
        public long reserve() {
            throw new AssertionError();
        }

        @Override
        public long floor() {
            throw new AssertionError();
        }
    }

    private static final class NoGuard implements SchemaGuard {
        private final Lock lock = new ReentrantLock();

        @Override
        public Lock commitLock() {
            return lock;
        }

        @Override
        public void exclusively(Runnable action) {
            action.run();
        }

        @Override
        public int currentSchemaVersion(TableDefinition table) {
            return table.schemaVersion();
        }

        @Override
        public void hold(TableDefinition table) {
            throw new AssertionError();
        }

        @Override
        public void release(TableDefinition table) {
            throw new AssertionError();
        }
    }
}
