// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "select a from t limit 10 offset 5 | SELECT a FROM t OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY",
                "select a from t limit 5, 10 | SELECT a FROM t OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY",
                "select a from t offset 5 limit 10 | SELECT a FROM t OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY",
                "select a from t fetch first row only | SELECT a FROM t FETCH NEXT 1 ROWS ONLY",
                "select a from t order by a desc nulls last | SELECT a FROM t ORDER BY a DESC NULLS LAST",
                "table t | TABLE t",
                "values (1, 2), (3, 4) | VALUES ROW(1, 2), ROW(3, 4)",
                "(select 1) union (select 2) order by 1 | SELECT 1 UNION SELECT 2 ORDER BY 1",
            })
    void readsQueries(String sql, String expected) {
        assertThat(Parsed.query(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with recursive r (n) as (select 1 union all select n + 1 from r where n < 9) select * from r order by n limit 3",
                "select * from a full join b using (x) left join lateral (select 1) c on true cross join d natural join e",
                "select a, count(*) from t group by grouping sets ((a), ()) having count(*) > 1",
                "select a from t group by rollup(a, b), cube(c)",
                "select sum(x) over w from t window w as (partition by a order by b range between unbounded preceding and current row)",
                "select a from t union all select b from u except select c from v intersect select d from w",
                "select * from (values (1), (2)) as v (x) where x in (select y from u) and exists (select 1)",
                "select t.*, \"T\".\"B\" from app.t as t tablesample bernoulli(10)",
                "select * from vector_search('a', 'b', c, 10)",
                "select /* c */ a -- x\n from t // y\n where b",
                "select {d '2020-01-01'}, {fn now()}, {fn timestampadd(SQL_TSI_DAY, 1, x)}",
            })
    void acceptsQueries(String sql) {
        assertThat(KalamParser.parse(sql)).isInstanceOf(Query.class);
    }

    @Test
    void readsTheTpchQueries() throws IOException {
        try (var files = Files.newDirectoryStream(Path.of("..", "tpch"), "*.sql")) {
            int queries = 0;
            for (Path file : files) {
                for (String sql : KalamParser.split(Files.readString(file))) {
                    assertThat(KalamParser.parse(sql)).as(file.toString()).isNotNull();
                    queries++;
                }
            }
            assertThat(queries).isGreaterThanOrEqualTo(22);
        }
    }

    @Test
    void numbersParametersWhereverTheyStand() {
        String sql = "with q as (select $3 x) select $2, case when a = $1 then $2 end, f($4) over (order by $5) "
                + "from t join u on t.a = $6 where b in ($7, $1) and exists (select $8) group by $9 having $10 "
                + "order by $11 limit $12 offset $13";
        assertThat(parameters(KalamParser.parseQuery(sql)))
                .containsExactlyInAnyOrder(2, 1, 0, 1, 3, 4, 5, 6, 0, 7, 8, 9, 10, 11, 12);
        assertThat(KalamParser.parseStatement(sql).parameterCount()).isEqualTo(13);
    }

    @Test
    void numbersQuestionMarksInTheOrderOfTheText() {
        assertThat(parameters(KalamParser.parseQuery("select ?, a from t where b = ? limit ? offset ?")))
                .containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    private static List<Integer> parameters(SqlNode node) {
        List<Integer> indexes = new ArrayList<>();
        node.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlDynamicParam param) {
                indexes.add(param.getIndex());
                return null;
            }
        });
        return indexes;
    }
}
