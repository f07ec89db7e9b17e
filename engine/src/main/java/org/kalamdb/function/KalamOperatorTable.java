package org.kalamdb.function;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;

/**
 * Every function and operator of the SQL dialect: the standard ones, those of PostgreSQL, a few of other databases, and
 * ours, which replace standard ones of the same name.
 */
public final class KalamOperatorTable {
    private static final SqlOperatorTable INSTANCE = build();

    private KalamOperatorTable() {}

    /** The table; it does not change. */
    public static SqlOperatorTable create() {
        return INSTANCE;
    }

    private static SqlOperatorTable build() {
        List<KalamFunction> ours = KalamFunctions.all();
        Set<String> replaced = new HashSet<>();
        ours.forEach(function -> replaced.add(function.getName()));
        List<SqlOperator> operators = new ArrayList<>(ours);
        Set<SqlOperator> known = new HashSet<>();
        for (SqlOperator operator : calcites()) {
            boolean hidden = operator instanceof SqlFunction
                    && replaced.contains(operator.getName().toUpperCase(Locale.ROOT));
            if (!hidden && known.add(operator)) {
                operators.add(operator);
            }
        }
        return SqlOperatorTables.of(operators);
    }

    private static List<SqlOperator> calcites() {
        List<SqlOperator> operators =
                new ArrayList<>(SqlStdOperatorTable.instance().getOperatorList());
        operators.addAll(SqlLibraryOperatorTableFactory.INSTANCE
                .getOperatorTable(EnumSet.of(SqlLibrary.POSTGRESQL))
                .getOperatorList());
        operators.add(SqlLibraryOperators.NVL);
        operators.add(SqlLibraryOperators.IFNULL);
        return operators;
    }
}
