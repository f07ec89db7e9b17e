// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/** Operators by name: functions are found without regard to case, while tables and columns are found exactly. Immutable. */
public final class OperatorIndex implements SqlOperatorTable {
    private final SqlOperatorTable operators;
    private final Map<String, List<SqlOperator>> byName = new HashMap<>();

    public OperatorIndex(SqlOperatorTable operators) {
        this.operators = operators;
        for (SqlOperator operator : operators.getOperatorList()) {
            byName.computeIfAbsent(upperCase(operator.getName()), name -> new ArrayList<>())
                    .add(operator);
        }
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher nameMatcher) {
        if (!name.isSimple()) {
            return;
        }
        for (SqlOperator operator : byName.getOrDefault(upperCase(name.getSimple()), List.of())) {
            // COUNT and CAST are called as functions but have a syntax of their own.
            if (operator.getSyntax() == syntax || syntax == SqlSyntax.FUNCTION && operator instanceof SqlFunction) {
                found.add(operator);
            }
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return operators.getOperatorList();
    }

    private static String upperCase(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
