// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import org.kalamdb.exec.kernel.DoubleLane;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LongLane;

/** Functions of the place of a row among the rows of its partition. Immutable. */
public enum RankingFunction implements WindowFunction {
    ROW_NUMBER {
        @Override
        public Evaluation open() {
            return (partition, from, to, results, at) -> {
                long[] values = ((LongLane) results).values();
                for (int i = from; i < to; i++) {
                    values[at + i - from] = i + 1L;
                }
            };
        }
    },
    RANK {
        @Override
        public Evaluation open() {
            return (partition, from, to, results, at) -> {
                long[] values = ((LongLane) results).values();
                for (int i = from; i < to; i++) {
                    values[at + i - from] = partition.peerStart(i) + 1L;
                }
            };
        }
    },
    DENSE_RANK {
        @Override
        public Evaluation open() {
            return new DenseRank();
        }
    },
    PERCENT_RANK {
        @Override
        public Evaluation open() {
            return (partition, from, to, results, at) -> {
                double[] values = ((DoubleLane) results).values();
                for (int i = from; i < to; i++) {
                    values[at + i - from] =
                            partition.size() == 1 ? 0.0 : partition.peerStart(i) / (partition.size() - 1.0);
                }
            };
        }
    },
    CUME_DIST {
        @Override
        public Evaluation open() {
            return (partition, from, to, results, at) -> {
                double[] values = ((DoubleLane) results).values();
                for (int i = from; i < to; i++) {
                    values[at + i - from] = partition.peerEnd(i) / (double) partition.size();
                }
            };
        }
    };

    private static final class DenseRank implements Evaluation {
        private long rank;

        @Override
        public void begin() {
            rank = 0;
        }

        @Override
        public void evaluate(Partition partition, int from, int to, Lane results, int at) {
            long[] values = ((LongLane) results).values();
            for (int i = from; i < to; i++) {
                rank += partition.peerStart(i) == i ? 1 : 0;
                values[at + i - from] = rank;
            }
        }
    }

    /** NTILE: the number of the bucket, from 1, of as many buckets of equal size, the first ones one row larger. */
    public record Buckets(Argument count) implements WindowFunction {
        @Override
        public Evaluation open() {
            return (partition, from, to, results, at) -> {
                Object value = count.of(partition, 0);
                for (int i = from; i < to; i++) {
                    results.set(
                            at + i - from,
                            value == null ? null : bucket(i, partition.size(), Offsets.positive("NTILE", value)));
                }
            };
        }

        private static long bucket(int row, int rowCount, long buckets) {
            long size = rowCount / buckets;
            long larger = rowCount % buckets;
            long ofLarger = larger * (size + 1);
            return 1 + (row < ofLarger ? row / (size + 1) : larger + (row - ofLarger) / size);
        }
    }
}
