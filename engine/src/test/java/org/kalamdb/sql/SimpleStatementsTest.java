// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.function.KalamOperatorTable;
import org.kalamdb.sql.SimpleStatement.ColumnReference;
import org.kalamdb.sql.SimpleStatement.Condition;
import org.kalamdb.sql.SimpleStatement.Item;
import org.kalamdb.sql.SimpleStatement.Operator;
import org.kalamdb.sql.SimpleStatement.SortKey;
import org.kalamdb.sql.SimpleStatement.TableReference;
import org.kalamdb.sql.SimpleStatement.Value;

final class SimpleStatementsTest {
    private static final ColumnReference ID = new ColumnReference(null, "id");

    @Test
    void readsAQuery() {
        assertThat(SimpleStatements.read(
                        "select T.Name as n, \"A\"\"b\", *\nFROM app.t x\tWHERE id >= -5 AND 'it''s' <> id"
                                + " AND id IN (?, 1.50) ORDER BY id DESC LIMIT 3 OFFSET 4;;"))
                .isEqualTo(new SimpleStatement.Select(
                        List.of(
                                new Item.OfColumn(new ColumnReference("t", "name"), "n"),
                                new Item.OfColumn(new ColumnReference(null, "A\"b"), null),
                                new Item.AllColumns(null)),
                        new TableReference("app", "t", "x"),
                        List.of(
                                new Condition.Comparison(ID, Operator.GREATER_OR_EQUAL, new Value.Number("-5")),
                                new Condition.Comparison(ID, Operator.NOT_EQUAL, new Value.Text("it's")),
                                new Condition.OneOf(ID, List.of(new Value.Parameter(0), new Value.Number("1.50")))),
                        List.of(new SortKey(ID, true)),
                        new Value.Number("3"),
                        new Value.Number("4")));
    }

    @Test
    void turnsComparisonsSoThatTheColumnStandsLeft() {
        SimpleStatement.Select select =
                (SimpleStatement.Select) SimpleStatements.read("SELECT id FROM t WHERE $2 < id AND TRUE = id");
        assertThat(select).isNotNull();
        assertThat(select.where())
                .containsExactly(
                        new Condition.Comparison(ID, Operator.GREATER, new Value.Parameter(1)),
                        new Condition.Comparison(ID, Operator.EQUAL, new Value.Truth(true)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT",
                "SELECT ?",
                "SELECT 1 WHERE 1 = 1",
                "SELECT 1, id FROM t",
                "SELECT NULL",
                "SELECT id",
                "SELECT id FROM",
                "SELECT id FROM t WHERE",
                "SELECT id FROM t u v",
                "SELECT id FROM t, u",
                "SELECT id FROM t WHERE id = 1 OR id = 2",
                "SELECT id FROM t WHERE id = 1e5",
                "SELECT id FROM t WHERE id = 1.",
                "SELECT id FROM t WHERE id = 1x",
                "SELECT id FROM t WHERE id = 'a' 'b'",
                "SELECT id FROM t WHERE id = N'a'",
                "SELECT id FROM t WHERE id = X'00'",
                "SELECT id FROM t WHERE id = DATE '2026-01-01'",
                "SELECT id FROM t WHERE id = NULL",
                "SELECT id FROM t WHERE id = --1",
                "SELECT id FROM t -- comment",
                "SELECT /* comment */ id FROM t",
                "SELECT id FROM t WHERE id = ? AND id = $1",
                "SELECT id FROM t WHERE id = $0",
                "SELECT id FROM t WHERE id = - ?",
                "SELECT id FROM t WHERE id = 'open",
                "SELECT id FROM \"\" WHERE id = 1",
                "SELECT id FROM `t`",
                "SELECT id FROM a.b.c",
                "SELECT na\u00efve FROM t",
                "SELECT a$b FROM t",
                "SELECT id FROM t LIMIT 1, 2",
                "SELECT id FROM t LIMIT -1",
                "SELECT id FROM t LIMIT 1.0",
                "SELECT id FROM t LIMIT '1'",
                "SELECT id FROM t LIMIT TRUE",
                "SELECT id FROM t OFFSET 2 ROWS",
                "SELECT id FROM t FOR UPDATE",
                "SELECT id FROM t; SELECT id FROM t",
                "SELECT DISTINCT id FROM t",
                "SELECT count(a) FROM t",
                "SELECT id FROM t GROUP BY id",
                "EXPLAIN ANALYZE SELECT id FROM t"
            })
    void leavesTheRestToTheGrammar(String sql) {
        assertThat(SimpleStatements.read(sql)).isNull();
    }

    @Test
    void takesNoFunctionForAColumn() {
        List<SqlOperator> functions = KalamOperatorTable.create().getOperatorList().stream()
                .filter(operator -> operator.getSyntax() == SqlSyntax.FUNCTION_ID)
                .toList();
        assertThat(functions).isNotEmpty();
        assertThat(functions)
                .noneMatch(function -> Keywords.isPlainName(function.getName().toLowerCase(Locale.ROOT)));
    }
}
