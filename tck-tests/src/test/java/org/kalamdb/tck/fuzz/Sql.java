// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * SQL that knows its parts, so that it can be written with literals or parameters, and shortened. Immutable.
 *
 * @param role what may become of it when it is shortened
 * @param kind pieces of one kind may stand for each other; null if there are none like it
 * @param parts each a {@code String}, a {@code Sql} or a {@link Literal}
 */
record Sql(Role role, @Nullable String kind, List<Object> parts) {
    private static final Sql NOTHING = of();

    /** What may be left out. */
    enum Role {
        NEEDED,
        OPTIONAL,
        /** Parts with separators between them, of which one is enough. */
        LIST
    }

    /** @param parts of them, a {@code CharSequence} is text, a {@code Sql} and a {@link Literal} are themselves */
    static Sql of(Object... parts) {
        return new Sql(Role.NEEDED, null, List.of(parts));
    }

    /** One that others of the kind can stand for. */
    static Sql typed(String kind, Object... parts) {
        return new Sql(Role.NEEDED, kind, List.of(parts));
    }

    static Sql optional(Object... parts) {
        return new Sql(Role.OPTIONAL, null, List.of(parts));
    }

    /** Items with commas between them. */
    static Sql list(List<?> items) {
        List<Object> parts = new ArrayList<>();
        for (Object item : items) {
            if (!parts.isEmpty()) {
                parts.add(", ");
            }
            parts.add(item);
        }
        return new Sql(Role.LIST, null, List.copyOf(parts));
    }

    /** With all literals in it. */
    String text(Dialect dialect) {
        StringBuilder text = new StringBuilder();
        write(text, literal -> text.append(literal.text(dialect)));
        return text.toString();
    }

    /** With a cast parameter in the place of each literal that may be one, whose values are added to the list. */
    String prepared(List<Literal> parameters) {
        StringBuilder text = new StringBuilder();
        write(text, literal -> {
            if (literal.fixed()) {
                text.append(literal.text(Dialect.KALAMDB));
            } else {
                text.append("CAST(? AS ")
                        .append(literal.type().sqlName(Dialect.KALAMDB))
                        .append(')');
                parameters.add(literal);
            }
        });
        return text.toString();
    }

    private void write(StringBuilder text, Consumer<Literal> literals) {
        for (Object part : parts) {
            if (part instanceof Sql sql) {
                sql.write(text, literals);
            } else if (part instanceof Literal literal) {
                literals.accept(literal);
            } else {
                text.append(part);
            }
        }
    }

    /** With other literals. */
    Sql withLiterals(UnaryOperator<Literal> change) {
        List<Object> changed = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof Sql sql) {
                changed.add(sql.withLiterals(change));
            } else {
                changed.add(part instanceof Literal literal ? change.apply(literal) : part);
            }
        }
        return new Sql(role, kind, List.copyOf(changed));
    }

    /** With literals that stay literals. */
    Sql fixed() {
        return withLiterals(each -> new Literal(each.type(), each.value(), true));
    }

    /** The same with one part less or simpler, those that leave out most first. */
    List<Sql> reductions() {
        List<Sql> reductions = new ArrayList<>();
        if (role == Role.OPTIONAL && !parts.isEmpty()) {
            reductions.add(NOTHING);
        }
        if (role == Role.LIST && parts.size() > 1) {
            for (int i = 0; i < parts.size(); i += 2) {
                List<Object> shorter = new ArrayList<>(parts);
                shorter.remove(i);
                shorter.remove(i == 0 ? 0 : i - 1);
                reductions.add(new Sql(role, kind, List.copyOf(shorter)));
            }
        }
        if (kind != null) {
            addOfKind(kind, reductions);
        }
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Sql sql) {
                for (Sql reduced : sql.reductions()) {
                    List<Object> changed = new ArrayList<>(parts);
                    changed.set(i, reduced);
                    reductions.add(new Sql(role, kind, List.copyOf(changed)));
                }
            }
        }
        return reductions;
    }

    private void addOfKind(String wanted, List<Sql> found) {
        for (Object part : parts) {
            if (part instanceof Sql sql) {
                if (wanted.equals(sql.kind)) {
                    found.add(sql);
                }
                sql.addOfKind(wanted, found);
            }
        }
    }
}
