// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.storage.ScanFilter;

/**
 * How a scan finds its rows: by the primary key, by an index, or by reading the table. Immutable.
 *
 * <p>It is chosen by rule: a key that must be equal as a whole, then the key with the most columns that are equal, then a
 * range, then an order that is wanted. Among equals the primary key wins, as its rows need not be looked up, then the
 * index that was made first.
 *
 * @param index the index, or null for the primary key or the table
 * @param key what it answers of the filter
 * @param order in which order rows come, as far as it matters
 * @param conditions of the filter, by which segments without such rows are left out where no index is used
 */
public record AccessPath(
        @Nullable IndexDefinition index, KeyPredicate key, Order order, List<KeyCondition> conditions) {
    public AccessPath {
        conditions = List.copyOf(conditions);
    }

    /** In which order rows come. */
    public enum Order {
        ANY,
        ASCENDING,
        DESCENDING
    }

    /** All rows, with all conditions left to test. */
    static AccessPath all(List<KeyCondition> conditions) {
        return new AccessPath(null, KeyPredicate.none(conditions.size()), Order.ANY, conditions);
    }

    /**
     * The best path.
     *
     * @param conditions that must all hold, over the columns of the table
     * @param wanted the order that is wanted, or null for none; met if the answer's order is not {@link Order#ANY}
     */
    public static AccessPath choose(
            TableDefinition table, List<KeyCondition> conditions, @Nullable WantedOrder wanted) {
        AccessPath best = all(conditions);
        if (table.type() == TableType.SYSTEM) {
            return best;
        }
        int bestRank = 0;
        for (Candidate candidate : candidates(table)) {
            KeyPredicate key = KeyPredicate.of(table, candidate.columns(), conditions);
            Order order = wanted == null ? Order.ANY : wanted.metBy(table, candidate.columns(), key);
            if (order == Order.DESCENDING && candidate.index() == null) {
                // Rows are read in one direction only.
                order = Order.ANY;
            }
            int rank = candidate.rank(key, order, wanted);
            if (rank > bestRank) {
                best = new AccessPath(candidate.index(), key, order, conditions);
                bestRank = rank;
            }
        }
        return best;
    }

    private record Candidate(@Nullable IndexDefinition index, List<ColumnDefinition> columns) {
        private static final int WHOLE_KEY = 1000;
        private static final int EQUAL_COLUMN = 10;

        int rank(KeyPredicate key, Order order, @Nullable WantedOrder wanted) {
            boolean unique = index == null || index.unique();
            if (unique && key.prefix().size() == columns.size()) {
                return key.hasOneRange() ? 2 * WHOLE_KEY : WHOLE_KEY;
            }
            int met = order == Order.ANY ? 0 : 1;
            if (!key.isEmpty()) {
                int bounds = (key.lower() == null ? 0 : 2) + (key.upper() == null ? 0 : 2);
                return 1 + EQUAL_COLUMN * key.prefix().size() + bounds + met;
            }
            boolean answersAll = key.residual().isEmpty() && wanted != null && wanted.isLimited();
            return met == 1 && (index == null || answersAll) ? 1 : 0;
        }
    }

    private static List<Candidate> candidates(TableDefinition table) {
        List<Candidate> candidates = new ArrayList<>();
        List<ColumnDefinition> primaryKey = table.primaryKeyColumns();
        if (!primaryKey.isEmpty()) {
            candidates.add(new Candidate(null, primaryKey));
        }
        for (IndexDefinition index : table.indexes()) {
            candidates.add(new Candidate(index, table.columns(index.columns())));
        }
        return candidates;
    }

    /** The column of the table that stands at a place of the key. */
    int keyColumn(TableDefinition table, int position) {
        List<ColumnDefinition> columns = index == null ? table.primaryKeyColumns() : table.columns(index.columns());
        return table.indexOf(columns.get(position));
    }

    /** Whether it reads the whole table, since no key finds rows. */
    public boolean readsAll() {
        return key.isEmpty();
    }

    /** Which of the conditions are still to be tested on each row. */
    public List<Integer> residual() {
        return key.residual();
    }

    /** A guess at how many rows it finds. @param tableRowCount rows of the table */
    double estimatedRowCount(double tableRowCount) {
        return key.isEmpty() ? tableRowCount : 1;
    }

    /** By what a scan leaves out segments besides the key, for one run. */
    ScanFilter filter(QueryContext context) {
        if (key.residual().isEmpty()) {
            return ScanFilter.NONE;
        }
        List<KeyCondition> residual = new ArrayList<>(key.residual().size());
        for (int position : key.residual()) {
            residual.add(conditions.get(position));
        }
        return KeyCondition.filter(residual, context);
    }

    /** By what a scan leaves out segments besides the key, as in a plan; empty for nothing. */
    String filterText(TableDefinition table) {
        return key.residual().stream()
                .map(conditions::get)
                .filter(KeyCondition::isKnown)
                .map(condition -> condition.text(table))
                .collect(Collectors.joining(" and "));
    }

    /** As in a plan; empty for the table itself. */
    Optional<String> text(TableDefinition table) {
        if (key.isEmpty() && order == Order.ANY) {
            return Optional.empty();
        }
        String keyText = key.text(index == null ? table.primaryKeyColumns() : table.columns(index.columns()));
        String name = index == null
                ? "primary key " + table.findPrimaryKey().orElseThrow().name()
                : "index " + index.name();
        return Optional.of(name
                + (keyText.isEmpty() ? "" : " (" + keyText + ")")
                + switch (order) {
                    case ANY -> "";
                    case ASCENDING -> " in order";
                    case DESCENDING -> " in descending order";
                });
    }
}
