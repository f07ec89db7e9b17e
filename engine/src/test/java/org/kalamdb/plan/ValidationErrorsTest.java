// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class ValidationErrorsTest {
    @Test
    void makesFaultsOfThePlannerErrorsOfTheStatement() {
        assertThatThrownBy(() -> ValidationErrors.translating(() -> {
                    throw new AssertionError("types\n differ");
                }))
                .isInstanceOfSatisfying(
                        KalamException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL_ERROR))
                .hasMessage("Failed to plan the statement: types differ");
    }
}
