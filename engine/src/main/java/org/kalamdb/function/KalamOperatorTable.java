// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Every function and operator of the SQL dialect: the standard ones, those of PostgreSQL, a few of other databases, and
 * ours, which replace others of the same name. Safe for use by several threads.
 */
public final class KalamOperatorTable implements SqlOperatorTable {
    private static final KalamOperatorTable INSTANCE = new KalamOperatorTable();

    private final SqlOperatorTable ours = SqlOperatorTables.chain(
            SqlOperatorTables.of(KalamFunctions.all()),
            SqlOperatorTables.of(new NullableLeadLag(SqlKind.LEAD), new NullableLeadLag(SqlKind.LAG)),
            SqlOperatorTables.of(KalamAggregate.all()),
            SqlOperatorTables.of(DateOperators.PLUS, DateOperators.MINUS),
            SqlOperatorTables.of(TableFunctions.all()),
            SqlOperatorTables.of(
                    RoundingFunction.rounding("ROUND"),
                    RoundingFunction.truncating("TRUNC"),
                    RoundingFunction.truncating("TRUNCATE")));
    private final SqlOperatorTable calcites;

    private KalamOperatorTable() {
        calcites = SqlOperatorTables.chain(
                SqlStdOperatorTable.instance(),
                SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(EnumSet.of(SqlLibrary.POSTGRESQL)),
                SqlOperatorTables.of(
                        SqlLibraryOperators.ENDS_WITH,
                        SqlLibraryOperators.IFNULL,
                        SqlLibraryOperators.INSTR,
                        SqlLibraryOperators.LOG2,
                        SqlLibraryOperators.NVL,
                        SqlLibraryOperators.NVL2,
                        SqlLibraryOperators.POW,
                        SqlLibraryOperators.REGEXP_EXTRACT,
                        SqlLibraryOperators.REGEXP_INSTR,
                        SqlLibraryOperators.REVERSE,
                        SqlLibraryOperators.SAFE_CAST,
                        SqlLibraryOperators.SPACE,
                        SqlLibraryOperators.TRY_CAST));
    }

    /** The table; it does not change. */
    public static SqlOperatorTable create() {
        return INSTANCE;
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> operators,
            SqlNameMatcher nameMatcher) {
        ours.lookupOperatorOverloads(name, category, syntax, operators, nameMatcher);
        List<SqlOperator> others = new ArrayList<>();
        calcites.lookupOperatorOverloads(name, category, syntax, others, nameMatcher);
        for (SqlOperator operator : others) {
            if (!isReplaced(operator) && !operators.contains(operator)) {
                operators.add(operator);
            }
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        List<SqlOperator> operators = new ArrayList<>(ours.getOperatorList());
        for (SqlOperator operator : calcites.getOperatorList()) {
            if (!isReplaced(operator)) {
                operators.add(operator);
            }
        }
        return List.copyOf(operators);
    }

    private static boolean isReplaced(SqlOperator operator) {
        return operator == SqlStdOperatorTable.PLUS
                || operator == SqlStdOperatorTable.MINUS
                || operator == SqlStdOperatorTable.LEAD
                || operator == SqlStdOperatorTable.LAG
                || operator == SqlStdOperatorTable.PERCENTILE_CONT
                || operator == SqlStdOperatorTable.PERCENTILE_DISC
                || operator == SqlStdOperatorTable.COVAR_POP
                || operator == SqlStdOperatorTable.COVAR_SAMP
                || operator == SqlStdOperatorTable.REGR_SXX
                || operator == SqlStdOperatorTable.REGR_SYY
                || operator == SqlStdOperatorTable.ROUND
                || operator == SqlStdOperatorTable.TRUNCATE
                || operator instanceof SqlFunction && KalamFunction.of(operator) != null;
    }
}
