// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.error.KalamException;
import org.kalamdb.sql.parser.KalamParserImpl;

final class NamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "value",
                "key",
                "date",
                "time",
                "timestamp",
                "datetime",
                "year",
                "month",
                "day",
                "hour",
                "minute",
                "second",
                "user",
                "text",
                "type",
                "name",
                "comment",
                "status",
                "position",
                "count",
                "sum",
                "min",
                "max",
                "avg",
                "result",
                "level",
                "data",
                "role",
                "action",
                "language",
                "method",
                "percent",
                "start",
                "index",
                "version",
                "ttl",
                "storage",
                "options",
                "history",
                "tables",
                "columns",
                "rows",
                "row",
                "range",
                "json",
                "uuid",
                "int",
                "set",
                "filter",
                "partition",
                "current",
                "first",
                "last",
                "next",
                "system",
                "stream",
                "match",
                "member",
                "period",
                "rank",
                "search",
                "description",
                "source",
                "target",
                "share",
                "state",
                "zone",
                "work",
                "abs",
                "mod",
                "power",
                "delete",
                "update",
                "insert",
                "begin",
                "commit",
                "show",
                "use",
                "describe",
                "explain",
                "merge",
                "check",
                "column",
                "primary",
                "identity",
                "function",
                "open",
                "close",
                "of",
                "no",
                "new",
                "old",
                "local",
                "global",
                "path",
                "size",
                "class",
                "content",
                "timezone",
                "latitude",
            })
    void areFree(String name) {
        String sql = "select %1$s, t.%1$s, max(%1$s) as %1$s from %1$s t join u %1$s on %1$s.%1$s = t.%1$s "
                + "where %1$s = 1 and %1$s > %1$s + 1 and (%1$s between 1 and 2 or %1$s is null) and f(%1$s, %1$s) "
                + "group by %1$s, t.%1$s order by %1$s desc, %1$s";
        assertThat(Parsed.query(sql.formatted(name))).isNotEmpty();
        Modification.Update update =
                Parsed.as(Modification.Update.class, "update %1$s set %1$s = %1$s + 1 where %1$s = 1".formatted(name));
        assertThat(update.target().getSimple()).isEqualTo(name);
        assertThat(update.assignments().get(0).column().getSimple()).isEqualTo(name);
        Definition.CreateTable table =
                Parsed.as(Definition.CreateTable.class, "create table %1$s (a int, \"%1$s\" text)".formatted(name));
        assertThat(table.name().getSimple()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"value", "key", "date", "timestamp", "text", "comment", "user", "rows", "count", "type", "json"})
    void areFreeForColumns(String name) {
        Definition.CreateTable table = Parsed.as(
                Definition.CreateTable.class,
                "create table t (%1$s %2$s primary key, b int)".formatted(name, name.equals("json") ? "json" : "int"));
        assertThat(table.columns().get(0).name().getSimple()).isEqualTo(name);
        assertThat(Parsed.as(Modification.Insert.class, "insert into t (%s) values (1)".formatted(name))
                        .columns())
                .hasToString("[" + name + "]");
    }

    @Test
    void areReservedExactlyWhereTheGrammarSaysSo() {
        SqlAbstractParserImpl.Metadata metadata = new KalamParserImpl(new StringReader("")).getMetadata();
        Set<String> refused = new TreeSet<>();
        for (String word : metadata.getTokens()) {
            boolean keyword = word.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c))
                    && !Character.isDigit(word.charAt(0));
            if (keyword && !isName(word)) {
                refused.add(word);
            }
        }
        refused.add("RETURNING");
        assertThat(Keywords.reservedWords()).containsExactlyElementsOf(refused);
    }

    @Test
    void needQuotesWhenReserved() {
        for (String word : Keywords.reservedWords()) {
            String name = word.toLowerCase(Locale.ROOT);
            assertThatThrownBy(() -> KalamParser.parse("create table " + name + " (a int)"))
                    .as(word)
                    .isInstanceOf(KalamException.class);
            assertThat(Parsed.query("select \"" + name + "\" from t")).isNotEmpty();
        }
    }

    private static boolean isName(String word) {
        try {
            KalamParser.parse("create table " + word + " (a int)");
            return true;
        } catch (KalamException e) {
            return false;
        }
    }
}
