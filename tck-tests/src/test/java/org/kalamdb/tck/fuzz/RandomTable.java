// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A table of random columns and rows. Immutable.
 *
 * @param columns the first is the primary key {@code id}, from 1 on
 * @param rows each with a value per column, null for NULL
 */
record RandomTable(String name, List<Column> columns, List<List<@Nullable String>> rows) {
    private static final int ROWS_PER_INSERT = 500;

    /** Of each table, so that all of them can be joined. */
    private static final List<Column> COMMON = List.of(
            new Column("id", ColumnType.INT),
            new Column("i", ColumnType.INT),
            new Column("j", ColumnType.INT),
            new Column("d", ColumnType.DECIMAL),
            new Column("s", ColumnType.TEXT),
            new Column("b", ColumnType.BOOLEAN),
            new Column("dt", ColumnType.DATE),
            new Column("ts", ColumnType.TIMESTAMP));

    /** @param rowCount above 100, values are spread so that joins by {@code j} and {@code s} stay small */
    static RandomTable of(String name, int rowCount, Random random) {
        List<Column> columns = new ArrayList<>(COMMON);
        for (int i = 0; i < 6; i++) {
            columns.add(new Column("c" + i, ColumnType.ALL.get(random.nextInt(ColumnType.ALL.size()))));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int id = 1; id <= rowCount; id++) {
            List<@Nullable String> row = new ArrayList<>();
            for (Column column : columns) {
                row.add(value(column, id, rowCount, random));
            }
            rows.add(row);
        }
        return new RandomTable(name, List.copyOf(columns), rows);
    }

    private static @Nullable String value(Column column, int id, int rowCount, Random random) {
        boolean many = rowCount > 100;
        if (column.name().equals("id")) {
            return Integer.toString(id);
        }
        if (random.nextInt(5) == 0) {
            return null;
        }
        if (many && column.name().equals("j")) {
            return Integer.toString(random.nextInt(rowCount));
        }
        if (many && column.name().equals("i")) {
            return Integer.toString(random.nextInt(90) - 20);
        }
        if (many && column.type() == ColumnType.TEXT && random.nextInt(8) > 0) {
            return "k" + random.nextInt(rowCount / 10);
        }
        return column.type().value(random);
    }

    String create(Dialect dialect) {
        StringJoiner items = new StringJoiner(", ", "CREATE TABLE " + name + " (", ")");
        for (Column column : columns) {
            String key = column.name().equals("id") ? " PRIMARY KEY" : "";
            items.add(column.name() + " " + column.type().sqlName(dialect) + key);
        }
        return items.toString();
    }

    /** Statements that add these of its rows. */
    List<String> inserts(List<List<@Nullable String>> some, Dialect dialect) {
        List<String> statements = new ArrayList<>();
        for (int from = 0; from < some.size(); from += ROWS_PER_INSERT) {
            StringJoiner values = new StringJoiner(", ", "INSERT INTO " + name + " VALUES ", "");
            for (List<@Nullable String> row : some.subList(from, Math.min(some.size(), from + ROWS_PER_INSERT))) {
                StringJoiner items = new StringJoiner(", ", "(", ")");
                for (int i = 0; i < row.size(); i++) {
                    String value = row.get(i);
                    items.add(value == null ? "NULL" : columns.get(i).type().literal(value, dialect));
                }
                values.add(items.toString());
            }
            statements.add(values.toString());
        }
        return statements;
    }

    /** Its columns as those of the alias. */
    List<Column> as(String alias) {
        return columns.stream().map(each -> each.of(alias)).toList();
    }
}
