// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class VectorFunctionsTest {
    private static Embedding vector(float... values) {
        return new Embedding(values);
    }

    @Test
    void measuresDistances() {
        assertThat(VectorFunctions.cosineDistance(vector(1, 0), vector(0, 2))).isEqualTo(1f);
        assertThat(VectorFunctions.cosineDistance(vector(1, 0), vector(-3, 0))).isEqualTo(2f);
        assertThat(VectorFunctions.cosineDistance(vector(0.1f, 0.7f), vector(0.2f, 1.4f)))
                .isCloseTo(0, within(1e-6f));
        assertThat(VectorFunctions.l2Distance(vector(0, 0), vector(3, 4))).isEqualTo(5);
        assertThat(VectorFunctions.innerProduct(vector(1, 2), vector(3, 4))).isEqualTo(11);
    }

    @Test
    void isFarFromAVectorWithoutLength() {
        assertThat(VectorFunctions.cosineDistance(vector(0, 0), vector(1, 1))).isEqualTo(1f);
    }

    @Test
    void namesBothDimensionsThatDiffer() {
        assertThatThrownBy(() -> VectorFunctions.cosineDistance(vector(1, 2), vector(1, 2, 3)))
                .isInstanceOfSatisfying(
                        KalamException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.DIMENSION_MISMATCH))
                .hasMessageContaining("EMBEDDING(2)")
                .hasMessageContaining("EMBEDDING(3)");
    }

    @Test
    void comparesByElements() {
        assertThat(vector(1, 2)).isEqualTo(vector(1, 2)).hasSameHashCodeAs(vector(1, 2));
        assertThat(vector(1, 2)).isLessThan(vector(1, 3));
    }
}
