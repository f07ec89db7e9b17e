// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class MemoryBudgetTest {
    private static final long MEGABYTE = 1L << 20;

    private final MemoryBudget budget = new MemoryBudget(4 * MEGABYTE);

    @Test
    void accountsShareTheLimit() {
        try (MemoryAccount one = budget.openAccount();
                MemoryAccount two = budget.openAccount()) {
            assertThat(one.resize(3 * MEGABYTE)).isTrue();
            assertThat(two.resize(2 * MEGABYTE)).isFalse();
            assertThat(two.resize(MEGABYTE)).isTrue();

            one.close();
            assertThat(two.resize(4 * MEGABYTE)).isTrue();
        }
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void aRefusedAccountHoldsWhatItHeld() {
        try (MemoryAccount account = budget.openAccount()) {
            account.resize(2 * MEGABYTE);
            long held = budget.heldBytes();

            assertThat(account.resize(100 * MEGABYTE)).isFalse();

            assertThat(budget.heldBytes()).isEqualTo(held);
        }
    }

    @Test
    void aLittleIsFreeForEverybody() {
        try (MemoryAccount greedy = budget.openAccount();
                MemoryAccount modest = budget.openAccount()) {
            assertThat(greedy.resize(4 * MEGABYTE)).isTrue();

            assertThat(modest.resize(4 * MEGABYTE / 64)).isTrue();
            assertThat(budget.heldBytes()).isLessThanOrEqualTo(4 * MEGABYTE);
        }
    }

    @Test
    void aLowerLimitHoldsFromTheNextRequestOn() {
        try (MemoryAccount account = budget.openAccount()) {
            account.resize(3 * MEGABYTE);
            budget.setLimitBytes(MEGABYTE);

            assertThat(account.resize(3 * MEGABYTE + 1)).isFalse();
            assertThat(account.resize(MEGABYTE)).isTrue();
        }
    }

    @Test
    void namesTheSettingToRaise() {
        try (MemoryAccount account = budget.openAccount()) {
            assertThatThrownBy(() -> account.require(100 * MEGABYTE, "the rows of a test"))
                    .isInstanceOfSatisfying(
                            KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_EXCEEDED))
                    .hasMessage("Cannot hold the rows of a test in memory, which have no place in files, within"
                            + " memory_limit = 4194304 bytes; raise memory_limit");
        }
    }

    @Test
    void refusesLimitsBelowOneMegabyte() {
        assertThatThrownBy(() -> new MemoryBudget(MEGABYTE - 1)).hasMessage("limitBytes is below 1 MB: 1048575");
    }
}
