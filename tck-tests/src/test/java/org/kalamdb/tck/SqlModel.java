// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What tables hold, as lists of rows: what a database is compared with. Confined to one thread. */
final class SqlModel {
    /** The columns that every table has; {@code id} is never NULL. */
    static final List<String> COLUMNS = List.of("id", "a", "s");

    private final Map<Owned, List<Row>> rows = new HashMap<>();
    private final Map<Table, Map<String, @Nullable Integer>> added = new HashMap<>();

    /** A table. @param perUser whether each user has rows of their own */
    record Table(String name, boolean keyed, boolean perUser) {}

    private record Owned(Table table, String user) {}

    /** A row by column names. Changed only by making another one. */
    static final class Row {
        private final Map<String, @Nullable Object> values;

        private Row(Map<String, @Nullable Object> values) {
            this.values = values;
        }

        static Row of(int id, @Nullable Integer a, @Nullable String s) {
            Map<String, @Nullable Object> values = new TreeMap<>();
            values.put("id", id);
            values.put("a", a);
            values.put("s", s);
            return new Row(values);
        }

        int id() {
            return (Integer) java.util.Objects.requireNonNull(values.get("id"));
        }

        @Nullable
        Integer number(String column) {
            return (Integer) values.get(column);
        }

        @Nullable
        String text(String column) {
            return (String) values.get(column);
        }

        Row with(String column, @Nullable Object value) {
            Map<String, @Nullable Object> changed = new TreeMap<>(values);
            changed.put(column, value);
            return new Row(changed);
        }

        private Row without(String column) {
            Map<String, @Nullable Object> changed = new TreeMap<>(values);
            changed.remove(column);
            return new Row(changed);
        }

        private String text(List<String> columns) {
            return columns.stream()
                    .map(column -> String.valueOf(values.get(column)))
                    .collect(Collectors.joining("|"));
        }
    }

    /** The same rows, which change apart from these. */
    SqlModel copy() {
        SqlModel copy = new SqlModel();
        rows.forEach((owned, all) -> copy.rows.put(owned, new ArrayList<>(all)));
        added.forEach((table, columns) -> copy.added.put(table, new LinkedHashMap<>(columns)));
        return copy;
    }

    /** The rows that a user sees as text, sorted. */
    List<String> texts(Table table, String user, List<String> columns, Predicate<Row> condition) {
        return rows(table, user).stream()
                .filter(condition)
                .map(row -> row.text(columns))
                .sorted()
                .toList();
    }

    int size(Table table, String user) {
        return rows(table, user).size();
    }

    /** All columns of a table. */
    List<String> columns(Table table) {
        List<String> all = new ArrayList<>(COLUMNS);
        all.addAll(added(table).keySet());
        return all;
    }

    /** The columns that a table has beside those it was created with. */
    Map<String, @Nullable Integer> added(Table table) {
        return added.computeIfAbsent(table, key -> new LinkedHashMap<>());
    }

    void addColumn(Table table, String column, @Nullable Integer defaultValue) {
        added(table).put(column, defaultValue);
        replaceOfAllUsers(table, row -> row.with(column, defaultValue));
    }

    void dropColumn(Table table, String column) {
        added(table).remove(column);
        replaceOfAllUsers(table, row -> row.without(column));
    }

    private void replaceOfAllUsers(Table table, UnaryOperator<Row> change) {
        rows.forEach((owned, all) -> {
            if (owned.table.equals(table)) {
                all.replaceAll(change);
            }
        });
    }

    /** Adds rows; false, without a change, if a key were there twice. */
    boolean insert(Table table, String user, List<Row> fresh) {
        List<Row> all = new ArrayList<>(rows(table, user));
        fresh.forEach(row -> all.add(completed(table, row)));
        return replace(table, user, all);
    }

    /** Adds rows; of those whose key is there, {@code merge} says what they become. Answers how many have changed. */
    int upsert(Table table, String user, List<Row> fresh, Merge merge) {
        List<Row> all = rows(table, user);
        int count = 0;
        for (Row row : fresh) {
            int at = 0;
            while (at < all.size() && all.get(at).id() != row.id()) {
                at++;
            }
            if (at == all.size()) {
                all.add(completed(table, row));
                count++;
            } else {
                Row merged = merge.of(all.get(at), row);
                if (merged != null) {
                    all.set(at, merged);
                    count++;
                }
            }
        }
        return count;
    }

    /** What becomes of a row when another one with its key is inserted; null if it stays. */
    interface Merge {
        @Nullable
        Row of(Row present, Row excluded);
    }

    /** Answers how many rows have changed; -1, without a change, if a key were there twice. */
    int update(Table table, String user, Predicate<Row> condition, UnaryOperator<Row> change) {
        List<Row> all = rows(table, user);
        int count = (int) all.stream().filter(condition).count();
        List<Row> changed = all.stream()
                .map(row -> condition.test(row) ? change.apply(row) : row)
                .collect(Collectors.toCollection(ArrayList::new));
        return replace(table, user, changed) ? count : -1;
    }

    int delete(Table table, String user, Predicate<Row> condition) {
        List<Row> all = rows(table, user);
        int before = all.size();
        all.removeIf(condition);
        return before - all.size();
    }

    private boolean replace(Table table, String user, List<Row> all) {
        Set<Integer> ids = new HashSet<>();
        if (table.keyed && !all.stream().allMatch(row -> ids.add(row.id()))) {
            return false;
        }
        rows.put(owned(table, user), all);
        return true;
    }

    private Row completed(Table table, Row row) {
        Row complete = row;
        for (Map.Entry<String, @Nullable Integer> column : added(table).entrySet()) {
            complete = complete.with(column.getKey(), column.getValue());
        }
        return complete;
    }

    private List<Row> rows(Table table, String user) {
        return rows.computeIfAbsent(owned(table, user), key -> new ArrayList<>());
    }

    private static Owned owned(Table table, String user) {
        return new Owned(table, table.perUser ? user : "");
    }
}
