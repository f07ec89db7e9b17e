// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.TableId;

/** Names near one that does not exist, for error messages. Safe for use by several threads. */
final class Suggestions {
    private final Catalog catalog;

    Suggestions(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What to append to a message about a table or view, or nothing if no name is near. */
    String forTable(TableId id) {
        Optional<TableId> near = Optional.empty();
        if (catalog.findNamespace(id.namespace()).isPresent()) {
            try (Stream<TableId> inside =
                    Stream.concat(catalog.tableIds(id.namespace()), catalog.viewIds(id.namespace()))) {
                near = nearest(inside, TableId::name, id.name());
            }
        }
        return near.or(() -> inOtherNamespace(id))
                .map(found -> ", did you mean " + found + "?")
                .orElse("");
    }

    /** What to append to a message about a namespace, or nothing if no name is near. */
    String forNamespace(String name) {
        return nearest(catalog.namespaces().stream(), NamespaceDefinition::name, name)
                .map(found -> ", did you mean " + Names.quote(found.name()) + "?")
                .orElse("");
    }

    private Optional<TableId> inOtherNamespace(TableId id) {
        return catalog.namespaces().stream()
                .map(namespace -> new TableId(namespace.name(), id.name()))
                .filter(other -> catalog.findTable(other).isPresent()
                        || catalog.findView(other).isPresent())
                .findFirst();
    }

    private static <T> Optional<T> nearest(Stream<T> candidates, Function<T, String> nameOf, String wanted) {
        // One letter in three may differ: more, and the names have nothing to do with each other.
        int limit = Math.max(1, wanted.length() / 3);
        String folded = wanted.toLowerCase(Locale.ROOT);
        return candidates
                .map(candidate -> new Candidate<>(
                        candidate, distance(folded, nameOf.apply(candidate).toLowerCase(Locale.ROOT), limit)))
                .filter(candidate -> candidate.distance <= limit)
                .min(Comparator.comparingInt(Candidate::distance))
                .map(Candidate::value);
    }

    private record Candidate<T>(T value, int distance) {}

    /** The number of letters to insert, remove or replace, or more than {@code limit} if it is more. */
    private static int distance(String left, String right, int limit) {
        if (Math.abs(left.length() - right.length()) > limit) {
            return limit + 1;
        }
        int[] previous = new int[right.length() + 1];
        int[] current = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replace = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
            }
            int[] done = previous;
            previous = current;
            current = done;
        }
        return previous[right.length()];
    }
}
