// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.util.Arrays;
import java.util.List;

/** Makes random expressions over columns, by the type of their value. Confined to one thread. */
final class RandomExpressions {
    /** Kinds of {@link Sql}. */
    static final String INTEGER = "integer";

    static final String DECIMAL = "decimal";
    static final String DOUBLE = "double";
    static final String TEXT = "text";
    static final String DATE = "date";
    static final String TIMESTAMP = "timestamp";
    static final String CONDITION = "condition";

    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

    private final RandomChoice choice;

    RandomExpressions(RandomChoice choice) {
        this.choice = choice;
    }

    /** A whole number, small enough for any arithmetic. */
    Sql integer(List<Column> columns, int depth) {
        if (depth <= 0) {
            return Sql.typed(INTEGER, choice.once(4) ? choice.literal(ColumnType.INT) : small(columns));
        }
        int less = depth - 1;
        return switch (choice.below(17)) {
            case 0 ->
                Sql.typed(
                        INTEGER,
                        "(",
                        integer(columns, less),
                        choice.pick(" + ", " - ", " * "),
                        integer(columns, less),
                        ")");
            case 1 ->
                Sql.typed(INTEGER, "coalesce(", integer(columns, less), ", ", choice.literal(ColumnType.INT), ")");
            case 2 -> Sql.typed(INTEGER, "nullif(", integer(columns, less), ", ", choice.literal(ColumnType.INT), ")");
            case 3 -> Sql.typed(INTEGER, choice.pick("abs", "sign"), "(", integer(columns, less), ")");
            case 4, 5 -> choiceOf(INTEGER, columns, less);
            case 6 -> Sql.typed(INTEGER, "length(", text(columns, less), ")");
            case 7 ->
                Sql.typed(INTEGER, "extract(", choice.pick("YEAR", "MONTH", "DAY"), " FROM ", date(columns, less), ")");
            case 8 ->
                Sql.typed(INTEGER, "extract(", choice.pick("HOUR", "MINUTE"), " FROM ", timestamp(columns, less), ")");
            case 9 -> Sql.typed(INTEGER, "-(", integer(columns, less), ")");
            case 10 ->
                Sql.typed(
                        INTEGER,
                        choice.pick("greatest", "least"),
                        "(",
                        named(columns, "id"),
                        ", ",
                        choice.literal(ColumnType.INT),
                        ")");
            case 11 -> Sql.typed(INTEGER, "mod(", integer(columns, less), ", ", choice.pick("2", "3", "-5"), ")");
            case 12 -> Sql.typed(INTEGER, "CAST(", condition(columns, less), " AS INT)");
            case 13 -> Sql.typed(INTEGER, "TRY_CAST(", text(columns, less), " AS INT)");
            case 14 ->
                Sql.typed(INTEGER, "position(", choice.literal(ColumnType.TEXT), " IN ", text(columns, less), ")");
            case 15 -> Sql.typed(INTEGER, "CAST(", decimal(columns, less), " AS INT)");
            default -> integer(columns, 0);
        };
    }

    /** A DECIMAL, or whole numbers mixed with one. */
    Sql decimal(List<Column> columns, int depth) {
        if (depth <= 0) {
            return Sql.typed(
                    DECIMAL, choice.once(5) ? choice.literal(ColumnType.DECIMAL) : one(columns, ColumnType.DECIMAL));
        }
        int less = depth - 1;
        return switch (choice.below(8)) {
            case 0 ->
                Sql.typed(
                        DECIMAL,
                        "(",
                        decimal(columns, less),
                        choice.pick(" + ", " - ", " * "),
                        integer(columns, 0),
                        ")");
            case 1 ->
                Sql.typed(
                        DECIMAL,
                        choice.pick("round", "trunc"),
                        "(",
                        decimal(columns, less),
                        ", ",
                        choice.pick("0", "1", "-1"),
                        ")");
            case 2 -> choiceOf(DECIMAL, columns, less);
            case 3 -> Sql.typed(DECIMAL, choice.pick("floor", "ceil", "abs"), "(", decimal(columns, less), ")");
            case 4 -> Sql.typed(DECIMAL, "CAST(", integer(columns, less), " AS DECIMAL(20, 3))");
            case 5 ->
                Sql.typed(
                        DECIMAL, "(", decimal(columns, 0), choice.pick(" + ", " - ", " * "), decimal(columns, 0), ")");
            case 6 -> Sql.typed(DECIMAL, "coalesce(", decimal(columns, less), ", ", integer(columns, 0), ")");
            default -> decimal(columns, 0);
        };
    }

    /** A DOUBLE whose sums are exact. */
    Sql number(List<Column> columns, int depth) {
        if (depth <= 0) {
            return Sql.typed(
                    DOUBLE, choice.once(4) ? choice.literal(ColumnType.DOUBLE) : one(columns, ColumnType.DOUBLE));
        }
        int less = depth - 1;
        return switch (choice.below(6)) {
            case 0 ->
                Sql.typed(
                        DOUBLE, "(", number(columns, less), choice.pick(" + ", " - ", " * "), number(columns, 0), ")");
            case 1 -> Sql.typed(DOUBLE, "CAST(", integer(columns, less), " AS DOUBLE)");
            case 2 -> choiceOf(DOUBLE, columns, less);
            case 3 -> Sql.typed(DOUBLE, choice.pick("abs", "-"), "(", number(columns, less), ")");
            case 4 ->
                Sql.typed(DOUBLE, "(", number(columns, less), choice.pick(" * ", " + "), integer(columns, 0), ")");
            default -> number(columns, 0);
        };
    }

    Sql text(List<Column> columns, int depth) {
        if (depth <= 0) {
            return Sql.typed(TEXT, choice.once(5) ? choice.literal(ColumnType.TEXT) : one(columns, ColumnType.TEXT));
        }
        int less = depth - 1;
        return switch (choice.below(11)) {
            case 0 -> Sql.typed(TEXT, "(", text(columns, less), " || ", text(columns, 0), ")");
            case 1 -> Sql.typed(TEXT, choice.pick("upper", "lower", "trim"), "(", text(columns, less), ")");
            case 2 ->
                Sql.typed(
                        TEXT,
                        "substring(",
                        text(columns, less),
                        ", ",
                        choice.pick("1", "2"),
                        ", ",
                        choice.pick("0", "1", "3"),
                        ")");
            case 3 -> Sql.typed(TEXT, "coalesce(", text(columns, less), ", ", choice.literal(ColumnType.TEXT), ")");
            case 4 -> Sql.typed(TEXT, "CAST(", integer(columns, 0), " AS VARCHAR)");
            case 5 ->
                Sql.typed(
                        TEXT,
                        "replace(",
                        text(columns, less),
                        ", ",
                        choice.pick("'a'", "'😀'", "'ab'"),
                        ", ",
                        choice.pick("'bb'", "''", "'é'"),
                        ")");
            case 6 -> choiceOf(TEXT, columns, less);
            case 7 -> Sql.typed(TEXT, "nullif(", text(columns, less), ", ", choice.literal(ColumnType.TEXT), ")");
            case 8 ->
                Sql.typed(
                        TEXT, choice.pick("left", "right"), "(", text(columns, less), ", ", choice.pick("1", "2"), ")");
            case 9 -> Sql.typed(TEXT, "CAST(", date(columns, 0), " AS VARCHAR)");
            default -> text(columns, 0);
        };
    }

    Sql date(List<Column> columns, int depth) {
        int less = depth - 1;
        return switch (depth <= 0 ? 9 : choice.below(8)) {
            case 0 ->
                Sql.typed(
                        DATE,
                        "CAST(",
                        date(columns, less),
                        choice.pick(" + ", " - "),
                        "INTERVAL '",
                        Integer.toString(1 + choice.below(40)),
                        "' ",
                        choice.pick("DAY", "MONTH"),
                        " AS DATE)");
            case 1 -> Sql.typed(DATE, "CAST(", timestamp(columns, less), " AS DATE)");
            case 2 -> Sql.typed(DATE, "coalesce(", date(columns, less), ", ", choice.literal(ColumnType.DATE), ")");
            case 3 -> choiceOf(DATE, columns, less);
            case 4 -> Sql.typed(DATE, "CAST(CAST(", date(columns, less), " AS VARCHAR) AS DATE)");
            default ->
                Sql.typed(DATE, choice.once(6) ? choice.literal(ColumnType.DATE) : one(columns, ColumnType.DATE));
        };
    }

    Sql timestamp(List<Column> columns, int depth) {
        int less = depth - 1;
        return switch (depth <= 0 ? 9 : choice.below(7)) {
            case 0 ->
                Sql.typed(
                        TIMESTAMP,
                        "(",
                        timestamp(columns, less),
                        choice.pick(" + ", " - "),
                        "INTERVAL '",
                        Integer.toString(1 + choice.below(40)),
                        "' ",
                        choice.pick("DAY", "HOUR", "SECOND", "MONTH"),
                        ")");
            case 1 -> Sql.typed(TIMESTAMP, "CAST(", date(columns, less), " AS TIMESTAMP)");
            case 2 ->
                Sql.typed(
                        TIMESTAMP,
                        "date_trunc('",
                        choice.pick("month", "day", "hour", "year"),
                        "', ",
                        one(columns, ColumnType.TIMESTAMP),
                        ")");
            case 3 -> choiceOf(TIMESTAMP, columns, less);
            default ->
                Sql.typed(
                        TIMESTAMP,
                        choice.once(6) ? choice.literal(ColumnType.TIMESTAMP) : one(columns, ColumnType.TIMESTAMP));
        };
    }

    private Sql choiceOf(String kind, List<Column> columns, int depth) {
        if (choice.once(3)) {
            return Sql.typed(
                    kind,
                    "CASE ",
                    integer(columns, 0),
                    " WHEN 1 THEN ",
                    ofKind(kind, columns, depth),
                    " WHEN ",
                    integer(columns, 0),
                    " THEN ",
                    ofKind(kind, columns, 0),
                    Sql.optional(" ELSE ", ofKind(kind, columns, depth)),
                    " END");
        }
        return Sql.typed(
                kind,
                "CASE WHEN ",
                condition(columns, depth),
                " THEN ",
                ofKind(kind, columns, depth),
                Sql.optional(" WHEN ", condition(columns, 0), " THEN ", ofKind(kind, columns, 0)),
                Sql.optional(" ELSE ", ofKind(kind, columns, 0)),
                " END");
    }

    private Sql ofKind(String kind, List<Column> columns, int depth) {
        return switch (kind) {
            case DECIMAL -> decimal(columns, depth);
            case DOUBLE -> number(columns, depth);
            case TEXT -> text(columns, depth);
            case DATE -> date(columns, depth);
            case TIMESTAMP -> timestamp(columns, depth);
            case CONDITION -> condition(columns, depth);
            default -> integer(columns, depth);
        };
    }

    /** Of any type that can be compared. */
    Sql value(List<Column> columns, int depth) {
        return switch (choice.below(9)) {
            case 0 -> decimal(columns, depth);
            case 1 -> text(columns, depth);
            case 2 -> date(columns, depth);
            case 3 -> timestamp(columns, depth);
            case 4 -> number(columns, depth);
            case 5, 6 -> Sql.of(comparable(columns).name());
            default -> integer(columns, depth);
        };
    }

    /** A condition, which may be NULL. */
    Sql condition(List<Column> columns, int depth) {
        if (depth > 0 && choice.below(3) > 0) {
            Sql left = condition(columns, depth - 1);
            if (choice.once(4)) {
                return Sql.typed(CONDITION, "NOT (", left, ")");
            }
            return choice.once(8)
                    ? Sql.typed(
                            CONDITION,
                            "(",
                            left,
                            ") ",
                            choice.pick("= (", "<> (", "IS DISTINCT FROM ("),
                            condition(columns, depth - 1),
                            ")")
                    : Sql.typed(CONDITION, "(", left, connective(), condition(columns, depth - 1), ")");
        }
        return switch (choice.below(20)) {
            case 0 -> Sql.typed(CONDITION, small(columns), comparison(), small(columns));
            case 1 -> Sql.typed(CONDITION, small(columns), comparison(), choice.literal(ColumnType.INT));
            case 2 -> Sql.typed(CONDITION, decimal(columns, 0), comparison(), integer(columns, 0));
            case 3 -> Sql.typed(CONDITION, choice.pick(columns).name(), choice.pick(" IS NULL", " IS NOT NULL"));
            case 4 -> Sql.typed(CONDITION, text(columns, 0), comparison(), text(columns, 0));
            case 5 ->
                Sql.typed(
                        CONDITION,
                        text(columns, depth),
                        choice.pick(" LIKE ", " NOT LIKE ", " ILIKE "),
                        choice.pick(
                                "'a%'",
                                "'%b'", "'_'", "'%'", "'%😀%'", "'_b'", "'!_' ESCAPE '!'", "'a!%' ESCAPE '!'", "''"));
            case 6 ->
                Sql.typed(
                        CONDITION,
                        small(columns),
                        not(),
                        " IN (",
                        Sql.list(List.of(
                                choice.literal(ColumnType.INT), orNull(ColumnType.INT), orNull(ColumnType.INT))),
                        ")");
            case 7 ->
                Sql.typed(
                        CONDITION, small(columns), not(), " BETWEEN ", orNull(ColumnType.INT), " AND ", small(columns));
            case 8 ->
                Sql.typed(
                        CONDITION,
                        one(columns, ColumnType.BOOLEAN),
                        choice.pick("", " IS TRUE", " IS NOT FALSE", " IS NOT TRUE", " IS FALSE"));
            case 9 -> Sql.typed(CONDITION, small(columns), " IS", not(), " DISTINCT FROM ", small(columns));
            case 10, 11, 12, 13 -> ofOneType(columns);
            case 14 -> Sql.typed(CONDITION, integer(columns, depth), comparison(), decimal(columns, depth));
            case 15 ->
                Sql.typed(
                        CONDITION,
                        date(columns, depth),
                        not(),
                        " IN (",
                        Sql.list(List.of(choice.literal(ColumnType.DATE), one(columns, ColumnType.DATE))),
                        ")");
            case 16 -> Sql.typed(CONDITION, text(columns, depth), comparison(), text(columns, depth));
            case 17 ->
                Sql.typed(
                        CONDITION,
                        choice.pick("TRUE", "FALSE", "NULL"),
                        connective(),
                        one(columns, ColumnType.BOOLEAN));
            case 18 ->
                Sql.typed(
                        CONDITION,
                        number(columns, depth),
                        comparison(),
                        choice.once(2) ? integer(columns, 0) : number(columns, 0));
            default -> Sql.typed(CONDITION, timestamp(columns, depth), comparison(), date(columns, depth));
        };
    }

    /** About a column of any type, other ones of the type, and values of it. */
    private Sql ofOneType(List<Column> columns) {
        Column column = comparable(columns);
        List<Column> same =
                columns.stream().filter(each -> each.type() == column.type()).toList();
        Object other = choice.once(2) ? choice.pick(same).name() : choice.literal(column.type());
        return switch (choice.below(5)) {
            case 0 ->
                Sql.typed(
                        CONDITION,
                        column.name(),
                        not(),
                        " IN (",
                        Sql.list(List.of(other, choice.literal(column.type()), choice.literal(column.type()))),
                        ")");
            case 1 ->
                Sql.typed(CONDITION, column.name(), not(), " BETWEEN ", other, " AND ", choice.literal(column.type()));
            case 2 -> Sql.typed(CONDITION, column.name(), " IS", not(), " DISTINCT FROM ", other);
            default -> Sql.typed(CONDITION, column.name(), comparison(), other);
        };
    }

    /** A column that can be compared. */
    Column comparable(List<Column> columns) {
        return choice.pick(
                columns.stream().filter(each -> each.type().isOrdered()).toList());
    }

    /** A column of small whole numbers. */
    String small(List<Column> columns) {
        List<Column> small =
                columns.stream().filter(each -> each.type() == ColumnType.INT).toList();
        return choice.pick(small).name();
    }

    /** A column of one of these types, or a literal of the first if there is none. */
    Object one(List<Column> columns, ColumnType... types) {
        List<Column> fitting = columns.stream()
                .filter(each -> Arrays.asList(types).contains(each.type()))
                .toList();
        return fitting.isEmpty()
                ? choice.literal(types[0])
                : choice.pick(fitting).name();
    }

    private String named(List<Column> columns, String name) {
        return columns.stream()
                .map(Column::name)
                .filter(each -> each.equals(name) || each.endsWith("." + name))
                .findFirst()
                .orElseGet(() -> small(columns));
    }

    private Object orNull(ColumnType type) {
        return choice.once(4) ? "NULL" : choice.literal(type);
    }

    String comparison() {
        return " " + choice.pick(COMPARISONS) + " ";
    }

    String connective() {
        return choice.pick(" AND ", " OR ");
    }

    String not() {
        return choice.pick("", " NOT");
    }
}
