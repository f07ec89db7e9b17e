// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kalamdb.engine.StatementKind;
import org.kalamdb.sql.Modification.ConflictAction;
import org.kalamdb.sql.Modification.Insert;
import org.kalamdb.sql.Modification.InsertSource;
import org.kalamdb.sql.Modification.Merge;
import org.kalamdb.sql.Modification.Overriding;
import org.kalamdb.sql.Modification.Update;

final class ModificationParserTest {
    @Test
    void readsInsertWithConflictAndReturning() {
        Insert insert = Parsed.as(
                Insert.class,
                "insert into app.t as x (a, b) values (1, default), (?, 'y')\n"
                        + "on conflict (a) do update set b = excluded.b where x.b <> 'q' returning *, a + 1 as c");
        assertThat(insert.kind()).isEqualTo(StatementKind.DML);
        assertThat(Parsed.text(insert.target())).isEqualTo("app.t");
        assertThat(insert.target().getParserPosition().getColumnNum()).isEqualTo(13);
        assertThat(Parsed.text(insert.alias())).isEqualTo("x");
        assertThat(Parsed.texts(insert.columns())).containsExactly("a", "b");
        assertThat(Parsed.text(insert.source())).isEqualTo("Values[rows=[1, DEFAULT, ?, 'y']]");
        assertThat(insert.onConflict()).isNotNull();
        assertThat(insert.onConflict().position().getLineNum()).isEqualTo(2);
        assertThat(Parsed.texts(insert.onConflict().columns())).containsExactly("a");
        assertThat(Parsed.text(insert.onConflict().action()))
                .isEqualTo("DoUpdate[assignments=[Assignment[column=b, value=excluded.b]], where=x.b <> 'q']");
        assertThat(Parsed.texts(insert.returning())).containsExactly("*", "a + 1 AS c");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "insert into t default values | DefaultValues[]",
                "insert into t select a from s order by a limit 1 | FromQuery[query=SELECT a FROM s ORDER BY a FETCH NEXT 1 ROWS ONLY]",
                "insert into t (select 1) | FromQuery[query=SELECT 1]",
                "insert into t (a) (values (1)) | FromQuery[query=VALUES ROW(1)]",
                "insert into t table s | FromQuery[query=TABLE s]",
                "with q as (select 1) insert into t select * from q | FromQuery[query=WITH q AS (SELECT 1) SELECT * FROM q]",
                "insert into t with q as (select 1) select * from q | FromQuery[query=WITH q AS (SELECT 1) SELECT * FROM q]",
                "insert into t values 1, 2 | Values[rows=[1, 2]]",
                "insert into t values row(1, 2) | Values[rows=[1, 2]]",
                "insert into t values ((select max(a) from s) + 1) | Values[rows=[(SELECT MAX(a) FROM s) + 1]]",
                "insert into t set a = 1, b = default | Values[rows=[1, DEFAULT]]",
            })
    void readsSourcesOfInsert(String sql, String expected) {
        assertThat(Parsed.text(Parsed.as(Insert.class, sql).source())).isEqualTo(expected);
    }

    @Test
    void keepsRowsApart() {
        InsertSource source =
                Parsed.as(Insert.class, "insert into t values (1, 2), (3, 4)").source();
        assertThat(source)
                .isInstanceOfSatisfying(
                        InsertSource.Values.class,
                        values -> assertThat(values.rows()).hasSize(2).allMatch(row -> row.size() == 2));
    }

    @Test
    void readsFormsOfOtherDialects() {
        assertThat(action("insert or ignore into t values (1)")).isEqualTo(new ConflictAction.DoNothing());
        assertThat(action("insert ignore into t values (1)")).isEqualTo(new ConflictAction.DoNothing());
        assertThat(action("insert or replace into t values (1)")).isEqualTo(new ConflictAction.Replace());
        assertThat(action("replace into t values (1)")).isEqualTo(new ConflictAction.Replace());
        assertThat(action("insert into t values (1) on conflict do nothing")).isEqualTo(new ConflictAction.DoNothing());
        assertThat(Parsed.as(Insert.class, "insert into t overriding system value values (1)")
                        .overriding())
                .isEqualTo(Overriding.SYSTEM_VALUE);
    }

    private static Object action(String sql) {
        Modification.OnConflict onConflict = Parsed.as(Insert.class, sql).onConflict();
        return onConflict == null ? "none" : onConflict.action();
    }

    @Test
    void readsUpdate() {
        Update update = Parsed.as(
                Update.class,
                "update t as x set x.a = 1, b = default, (c, d) = (2, default) from u, v where x.a = u.a returning a");
        assertThat(Parsed.text(update.alias())).isEqualTo("x");
        assertThat(Parsed.texts(update.assignments()))
                .containsExactly(
                        "Assignment[column=a, value=1]",
                        "Assignment[column=b, value=DEFAULT]",
                        "Assignment[column=c, value=2]",
                        "Assignment[column=d, value=DEFAULT]");
        assertThat(Parsed.text(update.from())).contains("u").contains("v");
        assertThat(Parsed.text(update.where())).isEqualTo("x.a = u.a");
        assertThat(Parsed.texts(update.returning())).containsExactly("a");
    }

    @Test
    void readsDeleteAndTruncate() {
        Modification.Delete delete =
                Parsed.as(Modification.Delete.class, "delete from app.t x where x.a in (1, 2) returning *");
        assertThat(Parsed.text(delete.alias())).isEqualTo("x");
        assertThat(Parsed.text(delete.where())).isEqualTo("x.a IN (1, 2)");
        assertThat(Parsed.as(Modification.Delete.class, "delete from t").where())
                .isNull();
        assertThat(Parsed.as(Modification.TruncateTable.class, "truncate table t restart identity")
                        .restartIdentity())
                .isTrue();
    }

    @Test
    void readsMerge() {
        Merge merge = Parsed.as(
                Merge.class,
                "merge into t as a using (select 1 x) s on a.id = s.x "
                        + "when matched and s.x > 1 then update set b = s.x "
                        + "when matched then delete "
                        + "when not matched by target then insert (id, b) values (s.x, default) "
                        + "when not matched then do nothing returning *");
        assertThat(Parsed.text(merge.source())).isEqualTo("(SELECT 1 AS x) AS s");
        assertThat(Parsed.text(merge.on())).isEqualTo("a.id = s.x");
        assertThat(Parsed.texts(merge.clauses()))
                .containsExactly(
                        "MergeClause[1:54, matched=true, condition=s.x > 1, "
                                + "action=MergeUpdate[assignments=[Assignment[column=b, value=s.x]]]]",
                        "MergeClause[1:103, matched=true, condition=null, action=MergeDelete[]]",
                        "MergeClause[1:128, matched=false, condition=null, "
                                + "action=MergeInsert[columns=[id, b], values=[s.x, DEFAULT]]]",
                        "MergeClause[1:197, matched=false, condition=null, action=MergeNothing[]]");
        assertThat(merge.returning()).hasSize(1);
    }
}
