// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.util.Util;

/** Names of result columns that the query does not name, as PostgreSQL gives them: the function's, the column's of a cast. */
final class ColumnLabels {
    private static final String UNNAMED = "?column?";
    private static final String GENERATED_PREFIX = "EXPR$";

    private ColumnLabels() {}

    /** The aliases that the query gives its items itself. @param query not yet validated */
    static Set<String> written(SqlNode query) {
        Set<String> aliases = new HashSet<>();
        for (SqlNode item : items(query)) {
            if (item instanceof SqlCall call && call.getKind() == SqlKind.AS) {
                aliases.add(call.operand(1).toString());
            }
        }
        return aliases;
    }

    /**
     * The labels.
     *
     * @param query validated, so that stars are expanded and every item has an alias
     * @param written the aliases that stood in the query before
     */
    static List<String> of(SqlNode query, Set<String> written, List<RelDataTypeField> fields) {
        List<SqlNode> items = items(query);
        List<String> labels = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).getName();
            if (!name.startsWith(GENERATED_PREFIX)) {
                // A second column of the same name is called name0 inside, and by its name outside.
                SqlNode item = items.size() == fields.size() && !written.contains(name) ? items.get(i) : null;
                labels.add(item != null && isColumn(item) ? label(item) : name);
            } else {
                labels.add(items.size() == fields.size() ? label(items.get(i)) : "column" + (i + 1));
            }
        }
        return labels;
    }

    private static List<SqlNode> items(SqlNode query) {
        if (query instanceof SqlSelect select) {
            List<SqlNode> list = select.getSelectList().stream()
                    .map(java.util.Objects::requireNonNull)
                    .toList();
            return isSorted(select, list) ? items(select.getFrom()) : list;
        }
        if (query instanceof SqlOrderBy orderBy) {
            return items(orderBy.query);
        }
        if (query instanceof SqlWith with) {
            return items(with.body);
        }
        if (query instanceof SqlBasicCall call && call.isA(SqlKind.SET_QUERY)) {
            return items(call.operand(0));
        }
        return List.of();
    }

    /** Whether it is what validation makes of ORDER BY behind a set operation or VALUES. */
    private static boolean isSorted(SqlSelect select, List<SqlNode> list) {
        SqlNode from = select.getFrom();
        return from != null
                && (from.isA(SqlKind.SET_QUERY) || from.getKind() == SqlKind.VALUES)
                && list.stream().anyMatch(ColumnLabels::isGenerated)
                && list.stream().allMatch(SqlIdentifier.class::isInstance);
    }

    private static boolean isGenerated(SqlNode item) {
        return item instanceof SqlIdentifier identifier
                && Util.last(identifier.names).startsWith(GENERATED_PREFIX);
    }

    private static boolean isColumn(SqlNode item) {
        return item instanceof SqlIdentifier
                || item instanceof SqlCall call
                        && call.getKind() == SqlKind.AS
                        && call.operand(0) instanceof SqlIdentifier;
    }

    private static String label(SqlNode item) {
        if (item instanceof SqlIdentifier identifier) {
            return Util.last(identifier.names);
        }
        if (!(item instanceof SqlCall call)) {
            return UNNAMED;
        }
        return switch (call.getKind()) {
            case AS, OVER, FILTER, WITHIN_GROUP, RESPECT_NULLS, IGNORE_NULLS, CAST -> label(call.operand(0));
            case CASE -> "case";
            default ->
                call.getOperator() instanceof SqlFunction function
                        ? function.getName().toLowerCase(Locale.ROOT)
                        : UNNAMED;
        };
    }
}
