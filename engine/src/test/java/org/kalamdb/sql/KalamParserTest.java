// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlSelect;
import org.junit.jupiter.api.Test;
import org.kalamdb.engine.StatementKind;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.error.SourcePosition;

final class KalamParserTest {
    @Test
    void foldsUnquotedNamesAndKeepsQuotedOnes() {
        SqlSelect select =
                (SqlSelect) KalamParser.parseQuery("SELECT FooBar, \"FooBar\", `Foo``Bar`, \"a\"\"b\" FROM T");
        assertThat(select.getSelectList().stream().map(node -> ((SqlIdentifier) node).getSimple()))
                .containsExactly("foobar", "FooBar", "Foo`Bar", "a\"b");
        assertThat(String.valueOf(select.getFrom())).isEqualTo("t");
    }

    @Test
    void allowsSemicolonsAfterTheStatement() {
        assertThat(KalamParser.parse(" SELECT 1 ; ; ").kind()).isEqualTo(StatementKind.QUERY);
        assertThat(KalamParser.parse("; COMMIT").kind()).isEqualTo(StatementKind.TRANSACTION);
    }

    @Test
    void refusesTextWithoutStatement() {
        for (String text : new String[] {"", "  \n", ";", "-- nothing", "/* nothing */ ;"}) {
            assertThatThrownBy(() -> KalamParser.parse(text))
                    .isInstanceOfSatisfying(
                            KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SYNTAX_ERROR))
                    .hasMessage("Statement is empty");
        }
    }

    @Test
    void countsParameters() {
        assertThat(KalamParser.parseStatement("SELECT ?, ? FROM t LIMIT ?").parameterCount())
                .isEqualTo(3);
        assertThat(KalamParser.parseStatement("SELECT $2, $1, $2 FROM t LIMIT $5")
                        .parameterCount())
                .isEqualTo(5);
        assertThat(KalamParser.parseStatement("SELECT '?', \"$1\" -- ?").parameterCount())
                .isZero();
    }

    @Test
    void namesThePlaceOfAnError() {
        assertThatThrownBy(() -> KalamParser.parse("SELECT a\n  FROM t WHERE a = = 1"))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.position()).isEqualTo(new SourcePosition(2, 20)));
    }
}
