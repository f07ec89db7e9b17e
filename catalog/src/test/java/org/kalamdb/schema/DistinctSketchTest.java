// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DistinctSketchTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 25, 500, 2_000, 100_000, 3_000_000})
    void countsWithinFiveTimesTheStandardError(int values) {
        DistinctSketch sketch = new DistinctSketch();
        for (int i = 0; i < values; i++) {
            sketch.add(i);
            sketch.add(i);
        }

        assertThat(sketch.estimate()).isCloseTo(values, within(0.5 + values * 0.2));
    }

    @Test
    void partsMergeToTheWholeHoweverOften() {
        DistinctSketch whole = new DistinctSketch();
        DistinctSketch even = new DistinctSketch();
        DistinctSketch odd = new DistinctSketch();
        for (int i = 0; i < 10_000; i++) {
            whole.add(i);
            (i % 2 == 0 ? even : odd).add(i);
        }

        even.merge(odd);
        even.merge(odd);
        even.merge(DistinctSketch.of(even.toBytes()));

        assertThat(even.toBytes()).isEqualTo(whole.toBytes());
    }

    @Test
    void rejectsBytesOfAnotherLength() {
        assertThatThrownBy(() -> DistinctSketch.of(new byte[7])).isInstanceOf(IllegalArgumentException.class);
    }
}
