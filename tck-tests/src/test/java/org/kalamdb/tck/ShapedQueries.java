// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Queries of the tables {@code item} and {@code kind} whose expressions chance puts together, as patterns into which chance puts
 * literals of one form each. Confined to one thread.
 */
final class ShapedQueries {
    private static final List<String> NUMBERS = List.of("i.id", "kind", "price", "big", "weight", "small");
    private static final List<String> OPERATORS = List.of("+", "-", "*", "/", "%", "+", "*");
    private static final List<String> COMPARISONS = List.of("=", "<", ">", "<=", ">=", "<>");
    private static final String SLOT = "$";

    private final Random random;

    /** @param text with a {@value #SLOT} for each literal */
    record Pattern(String text, List<Form> forms) {}

    /** What the literals in one place have in common; those of a query of this pattern differ in no more than their digits. */
    private enum Form {
        DIGIT,
        INT,
        HUGE,
        DECIMAL,
        NEGATIVE,
        TEXT,
        DAY
    }

    ShapedQueries(Random random) {
        this.random = random;
    }

    Pattern pattern() {
        List<Form> forms = new ArrayList<>();
        StringBuilder text = new StringBuilder("SELECT i.id");
        int items = 1 + random.nextInt(3);
        for (int i = 0; i < items; i++) {
            text.append(", ").append(random.nextInt(3) == 0 ? choice(forms) : number(forms, 3));
        }
        text.append(" FROM item i").append(random.nextBoolean() ? " LEFT JOIN kind k ON k.id = i.kind" : "");
        text.append(" WHERE i.id < 12 AND ").append(condition(forms, 2));
        return new Pattern(
                text.append(" ORDER BY i.id LIMIT ")
                        .append(slot(forms, Form.DIGIT))
                        .toString(),
                forms);
    }

    String filled(Pattern pattern) {
        StringBuilder text = new StringBuilder(pattern.text());
        for (Form form : pattern.forms()) {
            int place = text.indexOf(SLOT);
            text.replace(place, place + 1, literal(form));
        }
        return text.toString();
    }

    private static String slot(List<Form> forms, Form form) {
        forms.add(form);
        return SLOT;
    }

    private String number(List<Form> forms, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return random.nextBoolean() ? one(NUMBERS) : slot(forms, numberForm());
        }
        return switch (random.nextInt(6)) {
            case 0 -> "(" + number(forms, depth - 1) + ")";
            case 1 -> "COALESCE(" + number(forms, depth - 1) + ", " + number(forms, depth - 1) + ")";
            case 2 -> "-" + one(NUMBERS);
            default -> number(forms, depth - 1) + " " + one(OPERATORS) + " " + number(forms, depth - 1);
        };
    }

    private String choice(List<Form> forms) {
        return "CASE WHEN " + condition(forms, 1) + " THEN " + number(forms, 1) + " ELSE " + number(forms, 1) + " END";
    }

    private String condition(List<Form> forms, int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            return "(" + condition(forms, depth - 1) + (random.nextBoolean() ? " AND " : " OR ")
                    + condition(forms, depth - 1) + ")";
        }
        return switch (random.nextInt(5)) {
            case 0 -> "UPPER(i.name) " + one(COMPARISONS) + " " + slot(forms, Form.TEXT);
            case 1 -> "sold " + one(COMPARISONS) + " " + slot(forms, Form.DAY);
            case 2 ->
                one(NUMBERS) + (random.nextBoolean() ? " NOT" : "") + " IN (" + slot(forms, numberForm()) + ", "
                        + slot(forms, numberForm()) + ")";
            case 3 -> one(NUMBERS) + " BETWEEN " + slot(forms, numberForm()) + " AND " + slot(forms, numberForm());
            default -> number(forms, 2) + " " + one(COMPARISONS) + " " + slot(forms, numberForm());
        };
    }

    private Form numberForm() {
        return switch (random.nextInt(8)) {
            case 0 -> Form.HUGE;
            case 1, 2 -> Form.DECIMAL;
            case 3 -> Form.NEGATIVE;
            case 4 -> Form.INT;
            default -> Form.DIGIT;
        };
    }

    private String literal(Form form) {
        return switch (form) {
            case DIGIT -> Integer.toString(random.nextInt(10));
            case INT -> random.nextInt(4) == 0 ? "2147483647" : Integer.toString(random.nextInt(100_000));
            case HUGE -> "9223372036854775" + (100 + random.nextInt(900));
            case DECIMAL -> random.nextInt(100) + "." + (10 + random.nextInt(90));
            case NEGATIVE -> "-" + random.nextInt(50);
            case TEXT -> "'NAME " + random.nextInt(10) + (random.nextBoolean() ? "''" : "") + "'";
            case DAY -> "DATE '2024-01-" + (10 + random.nextInt(20)) + "'";
        };
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
