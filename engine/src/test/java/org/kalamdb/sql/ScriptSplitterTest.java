// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ScriptSplitterTest {
    @Test
    void cutsAtSemicolons() {
        assertThat(KalamParser.split("select 1;\n select 2 ;;select 3"))
                .containsExactly("select 1", "select 2", "select 3");
    }

    @Test
    void leavesEmptyPiecesOut() {
        assertThat(KalamParser.split("")).isEmpty();
        assertThat(KalamParser.split(" ; -- a; b\n; /* ; */ ;// ;")).isEmpty();
    }

    @Test
    void skipsSemicolonsInLiteralsNamesAndComments() {
        assertThat(KalamParser.split("select ';', 'it'';s', \"a;\"\"b\", `;` -- ;\n, /* ; */ 1 // ;\n; x"))
                .containsExactly("select ';', 'it'';s', \"a;\"\"b\", `;` -- ;\n, /* ; */ 1 // ;", "x");
    }

    @Test
    void knowsBackslashesInEscapeStringsOnly() {
        assertThat(KalamParser.split("select E'\\';'';', '\\'; x")).containsExactly("select E'\\';'';', '\\'", "x");
        assertThat(KalamParser.split("select code'\\'; x")).containsExactly("select code'\\'", "x");
    }

    @Test
    void keepsWhatIsUnterminated() {
        assertThat(KalamParser.split("a; 'b; c")).containsExactly("a", "'b; c");
        assertThat(KalamParser.split("a; b /* ; c")).containsExactly("a", "b /* ; c");
        assertThat(KalamParser.split("a; E'\\")).containsExactly("a", "E'\\");
    }
}
