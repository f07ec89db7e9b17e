// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import java.util.List;
import java.util.Random;

/**
 * Makes random expressions over the columns of the tables of {@link RandomQueries}, by the type of their value. Confined to
 * one thread.
 */
final class RandomExpressions {
    static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    /** A whole number, small enough for any arithmetic. */
    String integer(List<String> aliases, int depth) {
        String a = pick(aliases) + ".";
        if (depth <= 0) {
            return random.nextInt(4) == 0 ? small() : a + pick("i", "j", "id");
        }
        return switch (random.nextInt(11)) {
            case 0 -> "(" + integer(aliases, depth - 1) + pick(" + ", " - ", " * ") + integer(aliases, depth - 1) + ")";
            case 1 -> "coalesce(" + integer(aliases, depth - 1) + ", " + small() + ")";
            case 2 -> "nullif(" + integer(aliases, depth - 1) + ", " + small() + ")";
            case 3 -> "abs(" + integer(aliases, depth - 1) + ")";
            case 4 ->
                "CASE WHEN " + predicate(aliases, depth - 1) + " THEN " + integer(aliases, depth - 1) + " ELSE "
                        + pick(integer(aliases, 0), "NULL") + " END";
            case 5 -> "length(" + text(aliases, depth - 1) + ")";
            case 6 -> "extract(" + pick("YEAR", "MONTH", "DAY") + " FROM " + date(aliases, depth - 1) + ")";
            case 7 -> "-" + a + pick("i", "j");
            case 8 -> "greatest(" + a + "id, " + small() + ")";
            case 9 -> "mod(" + integer(aliases, depth - 1) + ", " + pick("2", "3", "-5") + ")";
            default -> integer(aliases, 0);
        };
    }

    /** A DECIMAL, or whole numbers mixed with one. */
    String decimal(List<String> aliases, int depth) {
        String a = pick(aliases) + ".";
        if (depth <= 0) {
            return random.nextInt(5) == 0 ? pick("0.5", "-1.25", "0.00", "99.95") : a + "d";
        }
        return switch (random.nextInt(6)) {
            case 0 -> "(" + decimal(aliases, depth - 1) + pick(" + ", " - ", " * ") + integer(aliases, 0) + ")";
            case 1 -> pick("round", "trunc") + "(" + decimal(aliases, depth - 1) + ", " + pick("0", "1", "-1") + ")";
            case 2 ->
                "CASE " + integer(aliases, 0) + " WHEN 1 THEN " + integer(aliases, 0) + " ELSE "
                        + decimal(aliases, depth - 1) + " END";
            case 3 -> pick("floor", "ceil", "abs") + "(" + decimal(aliases, depth - 1) + ")";
            case 4 -> "CAST(" + integer(aliases, depth - 1) + " AS DECIMAL(20, 3))";
            default -> decimal(aliases, 0);
        };
    }

    String text(List<String> aliases, int depth) {
        String a = pick(aliases) + ".";
        if (depth <= 0) {
            return random.nextInt(5) == 0 ? pick("''", "'a'", "'é'") : a + "s";
        }
        return switch (random.nextInt(7)) {
            case 0 -> "(" + text(aliases, depth - 1) + " || " + text(aliases, 0) + ")";
            case 1 -> pick("upper", "lower", "trim") + "(" + text(aliases, depth - 1) + ")";
            case 2 ->
                "substring(" + text(aliases, depth - 1) + ", " + pick("1", "2") + ", " + pick("0", "1", "3") + ")";
            case 3 -> "coalesce(" + text(aliases, depth - 1) + ", '-')";
            case 4 -> "CAST(" + integer(aliases, 0) + " AS VARCHAR)";
            case 5 -> "replace(" + text(aliases, depth - 1) + ", 'a', 'bb')";
            default -> text(aliases, 0);
        };
    }

    String date(List<String> aliases, int depth) {
        String a = pick(aliases) + ".";
        return switch (depth <= 0 ? 3 : random.nextInt(6)) {
            case 0 ->
                "CAST(" + date(aliases, depth - 1) + pick(" + ", " - ") + "INTERVAL '" + (1 + random.nextInt(40)) + "' "
                        + pick("DAY", "MONTH") + " AS DATE)";
            case 1 -> "CAST(" + timestamp(aliases, depth - 1) + " AS DATE)";
            case 2 -> "coalesce(" + a + "dt, DATE '2024-02-29')";
            default -> a + "dt";
        };
    }

    String timestamp(List<String> aliases, int depth) {
        String a = pick(aliases) + ".";
        return switch (depth <= 0 ? 3 : random.nextInt(6)) {
            case 0 ->
                "(" + timestamp(aliases, depth - 1) + pick(" + ", " - ") + "INTERVAL '" + (1 + random.nextInt(40))
                        + "' " + pick("DAY", "HOUR", "SECOND", "MONTH") + ")";
            case 1 -> "CAST(" + date(aliases, depth - 1) + " AS TIMESTAMP)";
            case 2 -> "date_trunc('" + pick("month", "day", "hour") + "', " + a + "ts)";
            default -> a + "ts";
        };
    }

    /** Of any type, one that can be grouped and sorted by. */
    String value(List<String> aliases, int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> decimal(aliases, depth);
            case 1 -> text(aliases, depth);
            case 2 -> date(aliases, depth);
            case 3 -> timestamp(aliases, depth);
            default -> integer(aliases, depth);
        };
    }

    /** A condition on columns of these tables. */
    String predicate(List<String> aliases, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            String left = predicate(aliases, depth - 1);
            return random.nextInt(4) == 0
                    ? "NOT (" + left + ")"
                    : "(" + left + connective() + predicate(aliases, depth - 1) + ")";
        }
        String a = pick(aliases) + ".";
        String b = pick(aliases) + ".";
        return switch (random.nextInt(19)) {
            case 0 -> a + "i " + comparison() + " " + b + "j";
            case 1 -> a + pick("i", "j") + " " + comparison() + " " + small();
            case 2 -> a + "d " + comparison() + " " + b + "i";
            case 3 -> a + pick("i", "s", "b", "d", "dt", "l") + pick(" IS NULL", " IS NOT NULL");
            case 4 -> a + "s " + comparison() + " " + pick("'a'", "''", b + "s");
            case 5 -> a + "s" + pick(" LIKE ", " NOT LIKE ", " ILIKE ") + pick("'a%'", "'%b'", "'_'", "'%'", "NULL");
            case 6 -> a + "i" + not() + " IN (1, " + smallOrNull() + ", " + smallOrNull() + ")";
            case 7 -> a + "i" + not() + " BETWEEN " + smallOrNull() + " AND " + b + "j";
            case 8 -> a + "b" + pick("", " IS TRUE", " IS NOT FALSE", " IS NOT TRUE", " = " + b + "b");
            case 9 -> a + "i IS" + not() + " DISTINCT FROM " + b + "j";
            case 10 -> a + "l " + comparison() + " " + pick(b + "l", b + "i", "9223372036854775807", "0", b + "d");
            case 11 -> a + "f " + comparison() + " " + pick(b + "f", b + "i", b + "d", "0", "-1e300");
            case 12 -> a + "dt " + comparison() + " " + pick(b + "dt", "DATE '2024-02-29'");
            case 13 -> a + "ts " + comparison() + " " + pick(b + "ts", "TIMESTAMP '2024-02-29 12:00:00'");
            case 14 -> integer(aliases, depth) + " " + comparison() + " " + decimal(aliases, depth);
            case 15 -> date(aliases, depth) + not() + " IN (DATE '2024-03-01', " + b + "dt)";
            case 16 -> text(aliases, depth) + " " + comparison() + " " + text(aliases, depth);
            case 17 -> pick("TRUE", "FALSE", "NULL") + connective() + a + "b";
            default -> timestamp(aliases, depth) + " " + comparison() + " " + date(aliases, depth);
        };
    }

    String comparison() {
        return COMPARISONS.get(random.nextInt(COMPARISONS.size()));
    }

    String connective() {
        return pick(" AND ", " OR ");
    }

    String not() {
        return pick("", " NOT");
    }

    String small() {
        return Integer.toString(random.nextInt(7) - 3);
    }

    String smallOrNull() {
        return random.nextInt(4) == 0 ? "NULL" : small();
    }

    String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
