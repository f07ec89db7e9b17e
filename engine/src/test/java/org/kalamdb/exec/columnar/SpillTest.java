// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.util.DateString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.LiteralTable;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.SqlRunner;
import org.kalamdb.exec.resource.MemoryAccount;
import org.kalamdb.exec.resource.MemoryBudget;
import org.kalamdb.exec.resource.Resources;
import org.kalamdb.exec.resource.SpillFolder;
import org.kalamdb.exec.resource.WorkerPool;
import org.kalamdb.storage.file.FaultyFiles;
import org.kalamdb.storage.file.FileAccess;
import org.kalamdb.type.KalamDataType;

/** Queries that have next to no memory answer what they answer with enough of it, and leave no file behind. */
final class SpillTest {
    private static final List<String> COLUMNS = List.of("l", "i", "k", "d", "f", "s", "dt", "b");
    private static final List<KalamDataType> TYPES = List.of(
            KalamDataType.BIGINT,
            KalamDataType.INT,
            KalamDataType.INT,
            KalamDataType.decimal(38, 2),
            KalamDataType.DOUBLE,
            KalamDataType.TEXT,
            KalamDataType.DATE,
            KalamDataType.BOOLEAN);
    private static final int ROW_COUNT = 3000;
    private static final long SEED = ThreadLocalRandom.current().nextLong();
    private static final List<@Nullable Object[]> ROWS = rows(new Random(SEED));

    /** Half of the rows have one {@code k}; decimals are of more digits than a long has, now and then. */
    private static List<@Nullable Object[]> rows(Random random) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < ROW_COUNT; i++) {
            @Nullable
            Object[] row = {
                BigDecimal.valueOf(i),
                BigDecimal.valueOf(random.nextInt(ROW_COUNT)),
                BigDecimal.valueOf(random.nextBoolean() ? 7 : random.nextInt(20)),
                new BigDecimal("%s%d.%02d"
                        .formatted(
                                random.nextInt(500) == 0 ? "12345678901234567890" : "",
                                random.nextInt(1000),
                                random.nextInt(100))),
                random.nextInt(8) / 4.0,
                "text " + "x".repeat(random.nextInt(40)) + random.nextInt(3000),
                new DateString("2024-02-%02d".formatted(1 + random.nextInt(29))),
                random.nextBoolean()
            };
            for (int column = 1; column < row.length; column++) {
                row[column] = random.nextInt(10) == 0 ? null : row[column];
            }
            rows.add(row);
        }
        Collections.shuffle(rows, random);
        return rows;
    }

    private static RelNode plan(String sql) {
        return LiteralTable.plan(sql, COLUMNS, TYPES, ROWS);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT * FROM t ORDER BY k DESC NULLS FIRST, s, l",
                "SELECT l, d FROM t ORDER BY d NULLS LAST, f DESC, l",
                "SELECT * FROM t ORDER BY f, l OFFSET 1000 ROWS FETCH NEXT 1500 ROWS ONLY",
            })
    void sortsTheSame(String select) {
        assertSame(select, false);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT i, COUNT(*), SUM(l), SUM(d), MIN(s), MAX(dt) FROM t GROUP BY i",
                "SELECT s, SUM(i), COUNT(b), MAX(d), MIN(f), SUM(f) FROM t GROUP BY s",
                "SELECT i, k, COUNT(*), SUM(d) FILTER (WHERE b) FROM t GROUP BY ROLLUP(i, k)",
                "SELECT i, s, COUNT(*) FROM t GROUP BY CUBE(i, s)",
                "SELECT DISTINCT d, s FROM t",
                "SELECT COUNT(DISTINCT s), COUNT(DISTINCT d), SUM(DISTINCT i), COUNT(*) FROM t",
                "SELECT k, COUNT(DISTINCT s), SUM(DISTINCT d) FILTER (WHERE b), SUM(l) FROM t GROUP BY k",
                "SELECT i, COUNT(DISTINCT s), COUNT(DISTINCT l) FROM t GROUP BY i",
                "SELECT i, s FROM t INTERSECT ALL SELECT i, s FROM t WHERE b",
                "SELECT s FROM t EXCEPT ALL SELECT s FROM t WHERE b",
                "SELECT s, k FROM t EXCEPT SELECT s, k FROM t WHERE b",
                "SELECT s, k, COUNT(*) FROM t GROUP BY s, k UNION SELECT s, i, 1 FROM t",
            })
    void groupsTheSame(String select) {
        assertSame(select, true);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT x.l, y.l, y.s FROM t AS x JOIN t AS y ON x.i = y.i",
                "SELECT x.l, y.l FROM t AS x LEFT JOIN t AS y ON x.i = y.l AND x.f < y.f",
                "SELECT x.l, y.l FROM t AS x RIGHT JOIN t AS y ON x.s = y.s AND x.b",
                "SELECT x.l, y.l FROM t AS x FULL JOIN t AS y ON x.s = y.s AND x.d = y.d",
                "SELECT x.l, y.l, y.s FROM (SELECT * FROM t WHERE l < 300) AS x FULL JOIN t AS y ON x.k = y.k AND x.f > y.f",
                "SELECT x.l, y.l FROM t AS x FULL JOIN (SELECT * FROM t WHERE l < 400) AS y ON x.l < y.l AND x.i > 2900",
                "SELECT COUNT(*), SUM(x.l - y.l) FROM t AS x JOIN t AS y ON x.k = y.k",
                "SELECT x.l FROM t AS x WHERE EXISTS (SELECT 1 FROM t AS y WHERE x.i = y.l AND y.b)",
                "SELECT x.l FROM t AS x WHERE NOT EXISTS (SELECT 1 FROM t AS y WHERE x.i = y.l AND x.f < y.f)",
                "SELECT x.l FROM t AS x WHERE NOT EXISTS (SELECT 1 FROM t AS y WHERE x.k = y.k AND x.l > y.i + 1500)",
                "SELECT COUNT(*) FROM (SELECT * FROM t WHERE l < 1000) AS x JOIN t AS y ON x.l < y.i",
            })
    void joinsTheSame(String select) {
        assertSame(select, true);
    }

    private static void assertSame(String select, boolean inAnyOrder) {
        RelNode plan = plan(select);
        try (Resources ample = new Resources(
                        new MemoryBudget(64 * MemoryBudget.MIN_LIMIT_BYTES),
                        SpillFolder.temporary(FileAccess.system()),
                        new WorkerPool(1));
                Resources scarce = resources(FileAccess.system());
                MemoryAccount others = scarce.memory().openAccount()) {
            others.resize(scarce.memory().limitBytes());

            List<String> expected = run(plan, ample, inAnyOrder);
            List<String> actual = run(plan, scarce, inAnyOrder);

            assertThat(actual).as("seed %d", SEED).isEqualTo(expected);
            assertThat(scarce.spill().spilledBytes()).isPositive();
            assertThat(scarce.spill().fileCount()).isZero();
            others.close();
            assertThat(scarce.memory().heldBytes()).isZero();
            assertThat(ample.spill().spilledBytes()).isZero();
            assertThat(ample.memory().heldBytes()).isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT * FROM t ORDER BY s, l",
                "SELECT s, COUNT(*) FROM t GROUP BY s",
                "SELECT k, COUNT(DISTINCT s) FROM t GROUP BY k",
                "SELECT x.l, y.l FROM t AS x LEFT JOIN t AS y ON x.s = y.s"
            })
    void leavesNothingBehindWhenAFileFails(String select) {
        RelNode plan = plan(select);
        Random random = new Random(SEED);
        for (int i = 0; i < 5; i++) {
            int operation = i < 3 ? i + 1 : 1 + random.nextInt(200);
            FaultyFiles files = new FaultyFiles();
            try (Resources scarce = resources(files);
                    MemoryAccount others = scarce.memory().openAccount()) {
                others.resize(scarce.memory().limitBytes());
                files.failAt(operation);

                try {
                    run(plan, scarce, true);
                } catch (KalamException e) {
                    assertThat(e.code()).as("operation %d", operation).isEqualTo(ErrorCode.IO_ERROR);
                }

                String failed = files.stop();
                if (!"delete".equals(failed)) {
                    assertThat(scarce.spill().fileCount())
                            .as("files after operation %d, %s, failed", operation, failed)
                            .isZero();
                }
                others.close();
                assertThat(scarce.memory().heldBytes()).isZero();
            }
        }
    }

    @Test
    void leavesNothingBehindWhenItIsCancelled() {
        RelNode plan = plan("SELECT x.l, y.l FROM t AS x JOIN t AS y ON x.s = y.s ORDER BY x.s, y.s");
        try (Resources scarce = resources(FileAccess.system());
                MemoryAccount others = scarce.memory().openAccount()) {
            others.resize(scarce.memory().limitBytes());
            AtomicBoolean cancelled = new AtomicBoolean();
            ColumnarRows rows = columnar(plan);

            try (Enumerator<@Nullable Object[]> each =
                    rows.rows(new SqlRunner().context(scarce, cancelled)).enumerator()) {
                assertThat(each.moveNext()).isTrue();
                cancelled.set(true);

                assertThatThrownBy(() -> {
                            while (each.moveNext()) {
                                each.current();
                            }
                        })
                        .isInstanceOfSatisfying(
                                KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY_CANCELED));
            }

            assertThat(scarce.spill().spilledFiles()).isPositive();
            assertThat(scarce.spill().fileCount()).isZero();
        }
    }

    @Test
    void namesTheSettingWhenValuesHaveNoPlaceInFiles() {
        RelNode plan = plan("SELECT LISTAGG(s) FROM t");
        try (Resources scarce = resources(FileAccess.system());
                MemoryAccount others = scarce.memory().openAccount()) {
            others.resize(scarce.memory().limitBytes());

            assertThatThrownBy(() -> run(plan, scarce, true))
                    .isInstanceOfSatisfying(
                            KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_EXCEEDED))
                    .hasMessageContaining("raise memory_limit");

            assertThat(scarce.spill().fileCount()).isZero();
        }
    }

    private static Resources resources(FileAccess files) {
        return new Resources(
                new MemoryBudget(MemoryBudget.MIN_LIMIT_BYTES), SpillFolder.temporary(files), new WorkerPool(1));
    }

    private static ColumnarRows columnar(RelNode plan) {
        OperatorPlan operators =
                new ColumnarConversion(plan.getCluster().getRexBuilder(), CommonSubplans.in(plan)).convert(plan);
        assertThat(Objects.requireNonNull(operators).toString()).doesNotContain("Enumerable");
        return new ColumnarRows(operators, plan.getRowType().getFieldCount());
    }

    private static List<String> run(RelNode plan, Resources resources, boolean inAnyOrder) {
        List<String> texts = new ArrayList<>();
        QueryContext context = new SqlRunner().context(resources, new AtomicBoolean());
        try (Enumerator<@Nullable Object[]> each = columnar(plan).rows(context).enumerator()) {
            while (each.moveNext()) {
                StringBuilder text = new StringBuilder();
                for (Object value : each.current()) {
                    text.append(value instanceof BigDecimal decimal ? decimal.toPlainString() : value)
                            .append(", ");
                }
                texts.add(text.toString());
            }
        }
        if (inAnyOrder) {
            texts.sort(null);
        }
        return texts;
    }
}
