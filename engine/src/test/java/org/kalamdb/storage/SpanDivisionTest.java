// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kalamdb.storage.TestDatabase.row;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.storage.row.RowKeys;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.type.KalamDataType;

final class SpanDivisionTest {
    private static final int ROWS = 20_000;
    private static final int SPANS = 8;

    private final TestDatabase database = TestDatabase.inMemory();
    private final TableDefinition numbered = TestDatabase.simpleTable(TableType.SHARED, 1);
    private final TableDefinition named =
            TestDatabase.table(TableType.SHARED, 2, ColumnDefinition.primaryKey("name", 1, KalamDataType.TEXT));

    @AfterEach
    void close() {
        database.close();
    }

    private void fill(TableDefinition table, IntFunction<Object[]> rows) {
        Object[][] all = new Object[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            all[i] = rows.apply(i);
        }
        database.commitRows(table, all);
    }

    /** How many rows each span has. */
    private List<Integer> divided(TableDefinition table) {
        KeySpan whole = RowKeys.table(table.objectId());
        List<KeySpan> spans = SpanDivision.divide(database.storage, KeySpace.ROWS, whole, SPANS, 1);
        assertThat(spans.get(0).lower()).isEqualTo(whole.lower());
        assertThat(spans.get(spans.size() - 1).upper()).isEqualTo(whole.upper());
        for (int i = 1; i < spans.size(); i++) {
            assertThat(spans.get(i).lower()).isEqualTo(spans.get(i - 1).upper());
        }
        List<Integer> counts = new ArrayList<>();
        for (KeySpan span : spans) {
            AtomicInteger count = new AtomicInteger();
            database.storage.forEachKey(KeySpace.ROWS, null, span, key -> count.incrementAndGet());
            counts.add(count.get());
        }
        return counts;
    }

    private static void assertEven(List<Integer> counts) {
        assertThat(counts).hasSizeGreaterThan(SPANS / 2);
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(ROWS);
        assertThat(counts).allSatisfy(count -> assertThat(count).isLessThan(ROWS / 2));
    }

    @Test
    void dividesNumbers() {
        fill(numbered, i -> row((long) i, "value " + i));

        assertEven(divided(numbered));
    }

    @Test
    void dividesNumbersOfWhichMostLieCloseTogether() {
        fill(numbered, i -> row(i == 0 ? Long.MIN_VALUE : i == 1 ? Long.MAX_VALUE : 1_000_000L + i, "value " + i));

        assertEven(divided(numbered));
    }

    @Test
    void dividesTextsThatBeginWithTheSame() {
        fill(named, i -> row("https://example.org/customers/" + i));

        assertEven(divided(named));
    }

    @Test
    void leavesWhatIsSmallWhole() {
        database.commitRows(numbered, row(1L, "a"), row(2L, "b"));
        KeySpan whole = RowKeys.table(numbered.objectId());

        assertThat(SpanDivision.divide(database.storage, KeySpace.ROWS, whole, SPANS, 1 << 20))
                .containsExactly(whole);
    }

    @Test
    void leavesWhatIsEmptyWhole() {
        assertThat(divided(numbered)).containsExactly(0);
    }
}
