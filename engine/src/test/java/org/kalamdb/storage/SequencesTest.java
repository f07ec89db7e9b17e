// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.type.KalamDataType;

final class SequencesTest {
    @Test
    void countsFromStartByIncrement() {
        try (TestDatabase database = TestDatabase.inMemory()) {
            Sequence up = sequence(database, 1, 10, 5);
            assertThat(List.of(up.next(), up.next(), up.next())).containsExactly(10L, 15L, 20L);
            Sequence down = sequence(database, 2, -1, -2);
            assertThat(List.of(down.next(), down.next())).containsExactly(-1L, -3L);
        }
    }

    private static Sequence sequence(TestDatabase database, long objectId, long start, long increment) {
        ColumnDefinition id = ColumnDefinition.primaryKey("id", 1, KalamDataType.BIGINT)
                .withIdentity(new IdentityDefinition(false, start, increment));
        TableDefinition table = TestDatabase.table(TableType.SHARED, objectId, id);
        return database.storage.sequences().identity(table, table.columns().get(0));
    }

    @Test
    void movesOnPastExplicitValues() {
        try (TestDatabase database = TestDatabase.inMemory()) {
            Sequence sequence = sequence(database, 1, 1, 1);
            sequence.advancePast(-5);
            assertThat(sequence.next()).isEqualTo(1);
            sequence.advancePast(1);
            assertThat(sequence.next()).isEqualTo(2);
            sequence.advancePast(100_000);
            assertThat(sequence.next()).isEqualTo(100_001);
            sequence.advancePast(100_005);
            assertThat(sequence.next()).isEqualTo(100_006);
            Sequence byThree = sequence(database, 2, 1, 3);
            byThree.advancePast(5);
            assertThat(byThree.next()).isEqualTo(7);
            Sequence down = sequence(database, 3, 10, -4);
            down.advancePast(3);
            assertThat(down.next()).isEqualTo(2);
            Sequence whole = sequence(database, 4, Long.MIN_VALUE, 1);
            whole.advancePast(Long.MAX_VALUE - 1);
            assertThat(whole.next()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void endsAtTheEndOfTheRange() {
        try (TestDatabase database = TestDatabase.inMemory()) {
            Sequence sequence = sequence(database, 1, Long.MAX_VALUE - 1, 1);
            assertThat(sequence.next()).isEqualTo(Long.MAX_VALUE - 1);
            assertThat(sequence.next()).isEqualTo(Long.MAX_VALUE);
            assertThatThrownBy(sequence::next)
                    .extracting(e -> ((KalamException) e).code())
                    .isEqualTo(ErrorCode.NUMERIC_OUT_OF_RANGE);
            Sequence down = sequence(database, 2, Long.MIN_VALUE, -1);
            assertThat(down.next()).isEqualTo(Long.MIN_VALUE);
            assertThatThrownBy(down::next).isInstanceOf(KalamException.class);
        }
    }

    @Test
    void leavesNoGapAfterAnOrderlyEnd(@TempDir Path folder) {
        try (TestDatabase database = TestDatabase.in(folder)) {
            assertThat(sequence(database, 1, 1, 1).next()).isEqualTo(1);
        }
        try (TestDatabase database = TestDatabase.in(folder)) {
            assertThat(sequence(database, 1, 1, 1).next()).isEqualTo(2);
        }
    }

    @Test
    void givesEachThreadItsOwnNumbers() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (TestDatabase database = TestDatabase.inMemory()) {
            Sequence sequence = sequence(database, 1, 1, 1);
            List<Future<List<Long>>> parts = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                parts.add(pool.submit(() -> {
                    List<Long> numbers = new ArrayList<>();
                    for (int i = 0; i < 2000; i++) {
                        numbers.add(sequence.next());
                    }
                    return numbers;
                }));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> part : parts) {
                all.addAll(part.get());
            }
            assertThat(all).doesNotHaveDuplicates().hasSize(8000);
            assertThat(sequence.next()).isEqualTo(8001);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void startsAgainAfterADrop() {
        try (TestDatabase database = TestDatabase.inMemory()) {
            sequence(database, 1, 1, 1).next();
            database.tables.dropRows(1);
            assertThat(sequence(database, 1, 1, 1).next()).isEqualTo(1);
        }
    }
}
