// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HistogramTest {
    /** Half of the values lie from 0 to 10, a quarter is 10, and a quarter lies behind it up to 1000. */
    private static final Histogram UNEVEN =
            new Histogram(List.of(0.0, 5.0, 10.0, 10.0, 1000.0), List.of(new Histogram.Frequent(10, 0.25)));

    @Test
    void saysWhichPartLiesBetweenTwoPositions() {
        assertThat(UNEVEN.partBetween(0, 1000)).isEqualTo(1);
        assertThat(UNEVEN.partBetween(-7, 2000)).isEqualTo(1);
        assertThat(UNEVEN.partBetween(0, 5)).isEqualTo(0.25);
        assertThat(UNEVEN.partBetween(2.5, 7.5)).isEqualTo(0.25);
        assertThat(UNEVEN.partBetween(10, 10)).isCloseTo(0.25, within(1e-9));
        assertThat(UNEVEN.partBetween(0, Math.nextDown(10.0))).isCloseTo(0.5, within(1e-9));
        assertThat(UNEVEN.partBetween(Math.nextUp(10.0), 1000)).isCloseTo(0.25, within(1e-9));
        assertThat(UNEVEN.partBetween(505, 1000)).isEqualTo(0.125);
        assertThat(UNEVEN.partBetween(2000, 3000)).isZero();
        assertThat(UNEVEN.partBetween(-2, -1)).isZero();
    }

    @Test
    void knowsFrequentValues() {
        assertThat(UNEVEN.partOf(10)).isEqualTo(0.25);
        assertThat(UNEVEN.partOf(9)).isZero();
        assertThat(UNEVEN.frequentPart()).isEqualTo(0.25);
    }

    @Test
    void rejectsBoundsThatAreNone() {
        for (List<Double> bounds : List.of(
                List.of(1.0), List.of(2.0, 1.0), List.of(1.0, Double.POSITIVE_INFINITY), List.of(Double.NaN, 1.0))) {
            assertThatThrownBy(() -> new Histogram(bounds, List.of()))
                    .as(bounds.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(bounds.toString());
        }
    }
}
