// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StatementBufferTest {
    private final StatementBuffer buffer = new StatementBuffer();

    @Test
    void givesNothingBeforeTheSemicolon() {
        assertThat(buffer.add("SELECT 1")).isEmpty();
        assertThat(buffer.isEmpty()).isFalse();
        assertThat(buffer.add("  , 2;")).containsExactly("SELECT 1\n  , 2");
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void findsSeveralStatementsInALine() {
        assertThat(buffer.add("SELECT 1; SELECT 2; SELECT 3")).containsExactly("SELECT 1", "SELECT 2");
        assertThat(buffer.finish()).containsExactly("SELECT 3");
    }

    @Test
    void leavesSemicolonsInLiteralsAndNamesAlone() {
        assertThat(buffer.add("SELECT 'a;''b;', \"c;\" FROM t;")).containsExactly("SELECT 'a;''b;', \"c;\" FROM t");
    }

    @Test
    void keepsLineBreaksInLiterals() {
        assertThat(buffer.add("SELECT 'a;")).isEmpty();
        assertThat(buffer.add("b--c';")).containsExactly("SELECT 'a;\nb--c'");
    }

    @Test
    void dropsComments() {
        assertThat(buffer.add("-- one; two")).isEmpty();
        assertThat(buffer.isEmpty()).isTrue();
        assertThat(buffer.add("SELECT /* ; */ 1 -- ;")).isEmpty();
        assertThat(buffer.add("/* over")).isEmpty();
        assertThat(buffer.isEmpty()).isFalse();
        assertThat(buffer.add("lines; */ + 2;")).containsExactly("SELECT   1 \n  + 2");
    }

    @Test
    void ignoresEmptyStatements() {
        assertThat(buffer.add(";; ;")).isEmpty();
        assertThat(buffer.finish()).isEmpty();
    }

    @Test
    void forgetsTheStatementThatHasBegun() {
        buffer.add("SELECT 'unfinished");
        buffer.clear();

        assertThat(buffer.isEmpty()).isTrue();
        assertThat(buffer.add("SELECT 1;")).containsExactly("SELECT 1");
    }
}
