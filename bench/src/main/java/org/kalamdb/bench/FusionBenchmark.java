// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.kalamdb.exec.kernel.Arithmetic;
import org.kalamdb.exec.kernel.ColumnKernel;
import org.kalamdb.exec.kernel.Comparison;
import org.kalamdb.exec.kernel.ComparisonKernel;
import org.kalamdb.exec.kernel.ConstantKernel;
import org.kalamdb.exec.kernel.DecimalArithmetic;
import org.kalamdb.exec.kernel.DecimalLane;
import org.kalamdb.exec.kernel.Junction;
import org.kalamdb.exec.kernel.Kernel;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.exec.kernel.LaneType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What code generated for a pipeline could save at most: the expressions of TPC-H 1 and 6 by kernels, one after the other, and
 * by one loop that is written for the query. Times are for each row of a million.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main FusionBenchmark
 * }</pre>
 *
 * Confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FusionBenchmark {
    private static final int BATCH = 2048;
    private static final int BATCHES = 512;
    private static final int ROWS = BATCH * BATCHES;
    private static final int SCALE = 2;

    private final long[][] prices = new long[BATCHES][BATCH];
    private final long[][] discounts = new long[BATCHES][BATCH];
    private final long[][] taxes = new long[BATCHES][BATCH];
    private final DecimalLane price = new DecimalLane();
    private final DecimalLane discount = new DecimalLane();
    private final DecimalLane tax = new DecimalLane();
    private final LaneBatch batch = new LaneBatch(price, discount, tax);
    private final int[] selected = new int[BATCH];

    private final Kernel discounted = new DecimalArithmetic(
            Arithmetic.MULTIPLY,
            38,
            4,
            new ColumnKernel(0),
            new DecimalArithmetic(Arithmetic.SUBTRACT, 38, 2, constant("1"), new ColumnKernel(1)));
    private final Kernel charge = new DecimalArithmetic(
            Arithmetic.MULTIPLY,
            38,
            6,
            discounted,
            new DecimalArithmetic(Arithmetic.ADD, 38, 2, constant("1"), new ColumnKernel(2)));
    private final Kernel condition = Junction.and(List.of(
            compare(Comparison.LESS_OR_EQUAL, constant("0.05"), new ColumnKernel(1)),
            compare(Comparison.LESS_OR_EQUAL, new ColumnKernel(1), constant("0.07")),
            compare(Comparison.LESS, new ColumnKernel(2), constant("0.04"))));
    private final Kernel revenue =
            new DecimalArithmetic(Arithmetic.MULTIPLY, 38, 4, new ColumnKernel(0), new ColumnKernel(1));

    private static Kernel constant(String number) {
        return new ConstantKernel(LaneType.DECIMAL, new BigDecimal(number));
    }

    private static Kernel compare(Comparison comparison, Kernel left, Kernel right) {
        return new ComparisonKernel(comparison, LaneType.DECIMAL, left, right);
    }

    /** Makes the rows. */
    @Setup
    public void fill() {
        Random random = new Random(42);
        for (int i = 0; i < BATCHES; i++) {
            for (int row = 0; row < BATCH; row++) {
                prices[i][row] = random.nextInt(10_000_000);
                discounts[i][row] = random.nextInt(11);
                taxes[i][row] = random.nextInt(9);
            }
        }
    }

    private void begin(int i) {
        price.share(prices[i], SCALE);
        discount.share(discounts[i], SCALE);
        tax.share(taxes[i], SCALE);
        batch.begin(BATCH);
    }

    /** {@code price * (1 - discount) * (1 + tax)}, summed, by kernels. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long expressionByKernels() {
        long sum = 0;
        for (int i = 0; i < BATCHES; i++) {
            begin(i);
            long[] values = ((DecimalLane) charge.evaluate(batch, batch.rows(), batch.count())).unscaled();
            for (int row = 0; row < BATCH; row++) {
                sum += values[row];
            }
        }
        return sum;
    }

    /** The same in one loop. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long expressionInOneLoop() {
        long sum = 0;
        for (int i = 0; i < BATCHES; i++) {
            sum += charges(prices[i], discounts[i], taxes[i]);
        }
        return sum;
    }

    private static long charges(long[] prices, long[] discounts, long[] taxes) {
        long sum = 0;
        for (int row = 0; row < BATCH; row++) {
            sum += prices[row] * (100 - discounts[row]) * (100 + taxes[row]);
        }
        return sum;
    }

    /** {@code price * discount} where discount and tax lie in ranges, summed, by kernels. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long filterByKernels() {
        long sum = 0;
        for (int i = 0; i < BATCHES; i++) {
            begin(i);
            int count = condition.select(batch, batch.rows(), batch.count(), selected);
            long[] values = ((DecimalLane) revenue.evaluate(batch, selected, count)).unscaled();
            for (int k = 0; k < count; k++) {
                sum += values[selected[k]];
            }
        }
        return sum;
    }

    /** The same in one loop without branches. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long filterInOneLoop() {
        long sum = 0;
        for (int i = 0; i < BATCHES; i++) {
            sum += revenues(prices[i], discounts[i], taxes[i]);
        }
        return sum;
    }

    private static long revenues(long[] prices, long[] discounts, long[] taxes) {
        long sum = 0;
        for (int row = 0; row < BATCH; row++) {
            long discount = discounts[row];
            long negativeUnlessAllHold = (discount - 5) | (7 - discount) | (3 - taxes[row]);
            sum += negativeUnlessAllHold >= 0 ? prices[row] * discount : 0;
        }
        return sum;
    }
}
