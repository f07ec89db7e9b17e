// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.ErrorKind;
import org.kalamdb.error.KalamException;

final class SyntaxErrorTest {
    /** More than the stack of any JVM holds, however small compiled code makes its frames. */
    private static final int NESTING = 40_000;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT * FORM t | 1:10: Syntax error near \"FORM\": did you mean FROM",
                "selec 1 | 1:1: Syntax error near \"selec\": did you mean SELECT",
                "select a from t whre b | 1:17: Syntax error near \"whre\": did you mean WHERE",
                "select a from t x whre b | 1:19: Syntax error near \"whre\": did you mean WHERE",
                "foo bar | 1:1: Syntax error near \"foo\": expected a statement such as SELECT, INSERT, UPDATE, DELETE or CREATE",
                "select from t | 1:8: Syntax error near \"from\": expected an expression",
                "select a, from t | 1:11: Syntax error near \"from\" after ,",
                "select a from t where | 1:21: Syntax error at the end of the text after WHERE",
                "select a from t where a = = 1 | 1:27: Syntax error near \"=\" after =",
                "select * from t order x | 1:23: Syntax error near \"x\" after ORDER",
                "select cast(a as ) | 1:18: Syntax error near \")\": expected a type name",
                "select a from t where b = 1) | 1:28: Syntax error near \")\": expected the end of the statement",
                "select 1; select 2 | 1:11: Syntax error near \"select\": only one statement can run at a time, split the script first",
                "select 'abc | 1:8: Unterminated string, add the closing quote '",
                "select \"abc | 1:8: Empty or unterminated name in double quotes",
                "select a # b | 1:10: Unexpected character #",
                "select ?, $1 | 1:11: Cannot mix ? and $n parameters, use one kind in a statement",
                "select $0 | 1:8: Invalid parameter $0: numbers go from $1 to $65535",
                "create table order (a int) | 1:14: Syntax error near \"order\": expected a table, put the reserved word in double quotes to use it as a name",
                "create table t (a int,) | 1:23: Syntax error near \")\": expected a column",
                "create tabel t (a int) | 1:8: Syntax error near \"tabel\": expected TABLE, VIEW, INDEX, SEQUENCE or NAMESPACE",
                "create table t (a, b) | 1:21: Syntax error at the end of the text: expected AS and a query, since the columns have no types",
                "insert t values (1) | 1:8: Syntax error near \"t\": expected INTO",
                "insert into t (a) vales (1) | 1:19: Syntax error near \"vales\": expected VALUES, SELECT or DEFAULT VALUES",
                "insert into t values (1, 2), (3) | 1:30: Row 2 of VALUES must have 2 values, got: 1",
                "update t where a = 1 | 1:10: Syntax error near \"where\": expected SET",
                "alter table t foo | 1:15: Syntax error near \"foo\": expected ADD, DROP, MODIFY, RENAME, ALTER COLUMN or SET",
                "drop | 1:4: Syntax error at the end of the text: expected TABLE, VIEW, INDEX, SEQUENCE or NAMESPACE",
                "merge into t using s on a | 1:25: Syntax error at the end of the text: expected WHEN",
            })
    void saysWhatIsWrongWhere(String sql, String expected) {
        assertThat(Parsed.error(sql)).isEqualTo("SYNTAX_ERROR " + expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "create table t (a foo) | INVALID_TYPE 1:19",
                "create table t (a embedding(9000)) | INVALID_TYPE 1:19",
                "select cast(a as decimal(99)) | INVALID_TYPE 1:18",
                "select a::foo | INVALID_TYPE 1:11",
                "create table t (a int[]) | NOT_SUPPORTED 1:22",
                "create shared table t (a int) with (type = 'USER') | INVALID_OPTION 1:31",
                "create table t (a int) with (ttl_seconds = 1, ttl_seconds = 2) | INVALID_OPTION 1:47",
                "create table t (a int default 1 default 2) | INVALID_DEFINITION 1:33",
                "create table t (a int null not null) | INVALID_DEFINITION 1:32",
                "create table t (a serial default 1) | INVALID_DEFINITION 1:34",
                "create table t (a int identity (1, 0)) | INVALID_DEFINITION 1:36",
                "create table t (a int collate x) | NOT_SUPPORTED 1:23",
                "create table t (a int generated always as (b + 1)) | NOT_SUPPORTED 1:43",
                "insert into t (a, a) values (1, 2) | COLUMN_EXISTS 1:19",
                "update t set a = 1, a = 2 | COLUMN_EXISTS 1:21",
                "update t set u.a = 1 | COLUMN_NOT_FOUND 1:14",
                "update t set a = 1 limit 5 | NOT_SUPPORTED 1:20",
                "delete from t using u | NOT_SUPPORTED 1:15",
                "select * from t for update | NOT_SUPPORTED 1:17",
                "select interval '1 year 2 months' | INVALID_LITERAL 1:17",
                "select x'0' | INVALID_LITERAL 1:8",
                "explain create table t (a int) | NOT_SUPPORTED 1:9",
                "commit and chain | NOT_SUPPORTED 1:8",
            })
    void usesTheFittingCode(String sql, String expected) {
        assertThat(Parsed.error(sql)).startsWith(expected + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX i ON t (a) WHERE a > 0",
                "CREATE INDEX i ON t (lower(a))",
                "CREATE INDEX i ON t USING hash (a)",
                "REINDEX i",
                "CREATE USER 'alice' WITH PASSWORD 'p' ROLE user",
                "ALTER USER 'alice' SET PASSWORD 'p'",
                "DROP USER IF EXISTS 'alice'",
                "CREATE STORAGE archive TYPE filesystem NAME 'Archive' PATH '/data'",
                "ALTER STORAGE a SET NAME 'x'",
                "STORAGE CHECK a EXTENDED",
                "KILL JOB 'FL-abc'",
                "KILL LIVE QUERY 'x'",
                "SUBSCRIBE TO app.messages WHERE room = 1 OPTIONS (last_rows=20)",
                "EXECUTE AS USER 'alice' (SELECT * FROM app.messages)",
                "CREATE TOPIC app.events PARTITIONS 4",
                "ALTER TOPIC app.events ADD SOURCE app.messages ON INSERT",
                "CONSUME FROM app.events GROUP 'w' FROM EARLIEST LIMIT 100",
                "ACK app.events GROUP 'w' PARTITION 0 UPTO OFFSET 42",
                "EXPORT USER DATA",
                "CLUSTER SNAPSHOT",
                "CREATE POLICY p ON ns.t FOR ALL TO PUBLIC",
                "ALTER TABLE app.docs CREATE INDEX v USING COSINE",
                "ALTER TABLE app.docs DROP INDEX v",
                "COPY t TO STDOUT",
                "CALL p()",
                "CREATE TEMPORARY TABLE t (a INT)",
                "CREATE OR REPLACE TABLE t (a INT)",
                "ALTER VIEW v RENAME TO w",
                "PRAGMA table_info(t)",
            })
    void namesWhatIsNotSupported(String sql) {
        assertThat(Parsed.error(sql))
                .startsWith("NOT_SUPPORTED 1:")
                .contains("not supported,")
                .doesNotEndWith(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(|1|)", "f(|1|)", "case when a then |1| end", "not |1|", "- |1|", "array[|1|]", "1|1|+ 1"})
    void boundsNesting(String parts) {
        String[] part = parts.split("\\|", -1);
        String sql = "select " + part[0].repeat(NESTING) + part[1] + part[2].repeat(NESTING);
        assertThatThrownBy(() -> KalamParser.parse(sql))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }

    @Test
    void allowsReasonableNesting() {
        assertThat(KalamParser.parse("select " + "(".repeat(100) + "1" + ")".repeat(100)))
                .isNotNull();
    }

    @Test
    void failsOnlyWithErrorsOfItsOwn() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1_500; i++) {
            String sql = mutate(SEEDS.get(random.nextInt(SEEDS.size())), random);
            try {
                KalamParser.parse(sql);
                KalamParser.split(sql);
            } catch (KalamException e) {
                assertThat(e.code().kind()).as("seed %d, %s", seed, sql).isNotEqualTo(ErrorKind.INTERNAL);
                assertThat(e.rawMessage()).as("seed %d, %s", seed, sql).hasSizeLessThan(500);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", statement: " + sql, e);
            }
        }
    }

    private static String mutate(String sql, Random random) {
        List<String> tokens = new ArrayList<>(List.of(sql.split("(?<=[ (),.'])|(?=[ (),.'])", -1)));
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(5)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
                case 2 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
                case 3 -> tokens.set(at, WORDS[random.nextInt(WORDS.length)]);
                default -> tokens.add(at, WORDS[random.nextInt(WORDS.length)]);
            }
            if (tokens.isEmpty()) {
                return "";
            }
        }
        return String.join("", tokens);
    }

    private static final String[] WORDS = {
        " select ",
        " from ",
        " where ",
        "(",
        ")",
        ",",
        "'",
        "\"",
        ";",
        "--",
        "/*",
        "*/",
        "$1",
        "?",
        " null ",
        " in ",
        " between ",
        " interval ",
        " date ",
        " row ",
        " values ",
        " default ",
        " with ",
        " as ",
        "::",
        "->",
        "->>",
        "[",
        "]",
        "{d ",
        "}",
        " over ",
        " group by ",
        " order by ",
        " limit ",
        " 1 ",
        " 1.5e3 ",
        " x'0a' ",
        " u&'\\00' ",
        " e'\\' ",
        " returning ",
        " on conflict ",
        " set ",
        " not ",
        " exists ",
        " case ",
        " end ",
        " cast(",
        " unnest ",
        " table ",
        " rows ",
        " current ",
        " pivot ",
        " unpivot ",
        " for ",
        " match_recognize ",
        " :",
        "@",
        "#",
        "\u0000",
        "é",
        "😀",
        "..",
        "=>",
        " json_object(",
        " map[",
        " array[",
        " /*+ ",
        " any ",
        " some ",
        " lateral ",
        " using ",
        " natural ",
        " cube("
    };

    private static final List<String> SEEDS = List.of(
            "select a, b as c, count(*) from app.t x join u on x.a = u.b where a > 1 and b like 'x%' group by a order by 1 limit 3",
            "select sum(x) over (partition by a order by b rows between 1 preceding and current row) from t",
            "with q as (select 1 a) select * from q union all select case when a then 1 else 2 end from t",
            "select cast(a as decimal(10, 2)), b::text, d -> 'k' ->> 'j', extract(year from d), interval '3' month from t",
            "insert into t (a, b) values (1, default), (2, 'x') on conflict (a) do update set b = excluded.b returning *",
            "update t x set a = 1, (b, c) = (1, 2) from u where x.a = u.a returning a",
            "merge into t using (select 1 x) s on t.a = s.x when matched and a > 1 then update set b = 2 "
                    + "when not matched then insert (a) values (1)",
            "create user table if not exists app.t (id bigint primary key default snowflake_id(), v varchar(20) not null "
                    + "default 'x' check (v <> ''), constraint u unique (v)) storage local flush interval 60s rows 10",
            "create table t (a int generated always as identity (start with 1), b int references u (c) on delete cascade) "
                    + "with (type = 'SHARED', access_level = public) comment 'x'",
            "alter table t add column c timestamp(3) with time zone default current_timestamp, drop b",
            "create or replace view v (a, b) as select a, b from t where a in (select 1)",
            "explain analyze format json select * from t",
            "show tables in namespace app like 'a%'",
            "begin transaction isolation level read committed read only",
            "set x = 'y'");
}
