// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.window;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Functions of the place of a row among the rows of its partition. Immutable. */
public enum RankingFunction implements WindowFunction {
    ROW_NUMBER {
        @Override
        public void evaluate(Partition partition, @Nullable Object[] results) {
            for (int i = 0; i < results.length; i++) {
                results[i] = i + 1L;
            }
        }
    },
    RANK {
        @Override
        public void evaluate(Partition partition, @Nullable Object[] results) {
            for (int i = 0; i < results.length; i++) {
                results[i] = partition.peerStart(i) + 1L;
            }
        }
    },
    DENSE_RANK {
        @Override
        public void evaluate(Partition partition, @Nullable Object[] results) {
            long rank = 0;
            for (int i = 0; i < results.length; i++) {
                rank += partition.peerStart(i) == i ? 1 : 0;
                results[i] = rank;
            }
        }
    },
    PERCENT_RANK {
        @Override
        public void evaluate(Partition partition, @Nullable Object[] results) {
            for (int i = 0; i < results.length; i++) {
                results[i] = results.length == 1 ? 0.0 : partition.peerStart(i) / (results.length - 1.0);
            }
        }
    },
    CUME_DIST {
        @Override
        public void evaluate(Partition partition, @Nullable Object[] results) {
            for (int i = 0; i < results.length; i++) {
                results[i] = partition.peerEnd(i) / (double) results.length;
            }
        }
    };

    /** NTILE: the number of the bucket, from 1, of as many buckets of equal size, the first ones one row larger. */
    public record Buckets(Argument count) implements WindowFunction {
        public Buckets {
            requireNonNull(count, "count is null");
        }

        @Override
        public void evaluate(Partition partition, @Nullable Object[] results) {
            Object value = count.of(partition.row(0));
            if (value == null) {
                return;
            }
            long buckets = Offsets.positive("NTILE", value);
            long size = results.length / buckets;
            long larger = results.length % buckets;
            long ofLarger = larger * (size + 1);
            for (int i = 0; i < results.length; i++) {
                long bucket = i < ofLarger ? i / (size + 1) : larger + (i - ofLarger) / size;
                results[i] = bucket + 1;
            }
        }
    }
}
