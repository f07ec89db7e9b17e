// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.sql.FunctionCalls;

/**
 * Writes {@code SELECT DISTINCT ON (keys) .. ORDER BY keys, others} as what PostgreSQL defines it by: of the rows with the
 * same keys the first in that order, {@code QUALIFY ROW_NUMBER() OVER (PARTITION BY keys ORDER BY keys, others) = 1}.
 * Confined to one thread.
 */
final class DistinctOn {
    private static final Set<SqlKind> ORDER_WORDS = Set.of(SqlKind.DESCENDING, SqlKind.NULLS_FIRST, SqlKind.NULLS_LAST);

    private final SqlSelect select;
    private final SqlCall clause;
    private final List<SqlNode> items;
    private final Map<String, SqlNode> byAlias = new HashMap<>();

    private DistinctOn(SqlSelect select, SqlCall clause) {
        this.select = select;
        this.clause = clause;
        SqlNodeList written = select.getSelectList();
        this.items = List.copyOf(written.subList(1, written.size()));
        for (SqlNode item : items) {
            if (item instanceof SqlCall call && call.getKind() == SqlKind.AS) {
                byAlias.putIfAbsent(call.operand(1).toString(), call.operand(0));
            }
        }
    }

    /** The node itself, whose query is changed if it has DISTINCT ON. */
    static SqlNode expand(SqlNode node) {
        if (node instanceof SqlOrderBy ordered) {
            SqlNode query = ordered.query instanceof SqlWith with ? with.body : ordered.query;
            expand(query, ordered.orderList);
        } else {
            expand(node, SqlNodeList.EMPTY);
        }
        return node;
    }

    private static void expand(SqlNode query, SqlNodeList order) {
        if (query instanceof SqlSelect select
                && select.getSelectList().get(0) instanceof SqlCall first
                && first.getOperator().getName().equalsIgnoreCase(FunctionCalls.DISTINCT_ON)) {
            new DistinctOn(select, first).write(order);
        }
    }

    private void write(SqlNodeList order) {
        SqlParserPos position = clause.getParserPosition();
        if (select.getQualify() != null) {
            throw error(
                    ErrorCode.NOT_SUPPORTED,
                    clause,
                    "DISTINCT ON is not supported together with QUALIFY, put one of them into a subquery");
        }
        List<SqlNode> keys =
                clause.getOperandList().stream().map(this::resolved).toList();
        List<SqlNode> sorted = order.stream()
                .map(item -> withKey(item, key -> SyntaxTrees.copy(resolved(key))))
                .toList();
        requirePrefix(keys, sorted);
        SqlNode window = SqlWindow.create(
                null,
                null,
                new SqlNodeList(keys.stream().map(SyntaxTrees::copy).toList(), position),
                new SqlNodeList(sorted, position),
                SqlLiteral.createBoolean(false, position),
                null,
                null,
                null,
                SqlWindow.createExcludeNoOthers(position),
                position);
        SqlNode number = SqlStdOperatorTable.OVER.createCall(
                position, SqlStdOperatorTable.ROW_NUMBER.createCall(position), window);
        select.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
        select.setQualify(
                SqlStdOperatorTable.EQUALS.createCall(position, number, SqlLiteral.createExactNumeric("1", position)));
    }

    /** What a name or number means that may stand for an item of SELECT, as in ORDER BY. */
    private SqlNode resolved(SqlNode key) {
        if (key instanceof SqlNumericLiteral number && number.isInteger()) {
            return itemAt(number);
        }
        SqlNode named = key instanceof SqlIdentifier name && name.isSimple() ? byAlias.get(name.getSimple()) : null;
        return named == null ? key : named;
    }

    private SqlNode itemAt(SqlNumericLiteral number) {
        int ordinal = number.intValue(false);
        if (ordinal < 1
                || ordinal > items.size()
                || items.subList(0, ordinal).stream().anyMatch(DistinctOn::isStar)) {
            throw error(
                    ErrorCode.NOT_SUPPORTED,
                    number,
                    "Position " + ordinal + " is not supported in a query with DISTINCT ON, as it is none of an"
                            + " item of SELECT before any star; name the column");
        }
        SqlNode item = items.get(ordinal - 1);
        return item instanceof SqlCall call && call.getKind() == SqlKind.AS ? call.operand(0) : item;
    }

    private static boolean isStar(SqlNode item) {
        return item instanceof SqlIdentifier name && name.isStar();
    }

    /** An item of ORDER BY with what it sorts by replaced. */
    private static SqlNode withKey(SqlNode item, UnaryOperator<SqlNode> replacement) {
        return item instanceof SqlCall call && ORDER_WORDS.contains(call.getKind())
                ? call.getOperator().createCall(call.getParserPosition(), withKey(call.operand(0), replacement))
                : replacement.apply(item);
    }

    /** @throws KalamException if rows with the same keys would not come one after the other */
    private void requirePrefix(List<SqlNode> keys, List<SqlNode> sorted) {
        Set<Integer> met = new HashSet<>();
        for (SqlNode item : sorted) {
            if (met.size() == keys.size()) {
                return;
            }
            List<SqlNode> key = new ArrayList<>();
            withKey(item, each -> {
                key.add(each);
                return each;
            });
            boolean isKey = false;
            for (int i = 0; i < keys.size(); i++) {
                if (keys.get(i).equalsDeep(key.get(0), Litmus.IGNORE)) {
                    met.add(i);
                    isKey = true;
                }
            }
            if (!isKey) {
                throw error(
                        ErrorCode.INVALID_CONFLICT_TARGET,
                        item,
                        "Invalid ORDER BY: it must begin with the expressions of DISTINCT ON");
            }
        }
    }

    private static KalamException error(ErrorCode code, SqlNode where, String message) {
        return new KalamException(code, ObjectNames.position(where.getParserPosition()), message, null);
    }
}
