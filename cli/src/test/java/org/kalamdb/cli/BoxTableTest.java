// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BoxTableTest {
    @Test
    void drawsNumbersToTheRightAndTextToTheLeft() {
        List<List<String>> rows = List.of(List.of("1", "Hello"), List.of("20", "World!!"));
        BoxTable table = BoxTable.fit(List.of("id", "text"), List.of(true, false), List.copyOf(rows));

        assertThat(table.top()).isEqualTo("""
                ┌────────┬─────────┐
                │ id     │ text    │
                ├────────┼─────────┤""");
        assertThat(table.row(rows.get(0))).isEqualTo("│      1 │ Hello   │");
        assertThat(table.row(rows.get(1))).isEqualTo("│     20 │ World!! │");
        assertThat(table.bottom()).isEqualTo("└────────┴─────────┘");
    }

    @Test
    void showsNull() {
        BoxTable table = BoxTable.fit(List.of("a"), List.of(false), List.of());

        assertThat(table.row(Arrays.asList((String) null))).isEqualTo("│ NULL   │");
    }

    @Test
    void cutsWhatIsWiderThanTheLimit() {
        String wide = "x".repeat(40);
        BoxTable table = BoxTable.fit(List.of("a"), List.of(false), List.of(List.of(wide)));

        assertThat(table.row(List.of(wide))).isEqualTo("│ " + "x".repeat(29) + "... │");
    }

    @Test
    void countsCharactersOutsideTheBasicPlaneOnce() {
        BoxTable table = BoxTable.fit(List.of("a"), List.of(false), List.of());

        assertThat(table.row(List.of("😀😀"))).isEqualTo("│ 😀😀     │");
        assertThat(table.row(List.of("😀😀😀😀😀😀😀"))).isEqualTo("│ 😀😀😀... │");
    }

    @Test
    void keepsARowOnOneLine() {
        BoxTable table = BoxTable.fit(List.of("a"), List.of(false), List.of());

        assertThat(table.row(List.of("a\nb\tc"))).isEqualTo("│ a b c  │");
    }
}
