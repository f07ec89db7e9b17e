// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;
import org.kalamdb.file.FileSet;

/**
 * READ_CSV, READ_JSON and READ_PARQUET, which remember the files they have looked at, so that one planning sees one version
 * of a file and knows what it depends on. Confined to one thread.
 */
final class FileFunctions implements SqlOperatorTable {
    private static final Set<String> NAMES = Set.of("READ_CSV", "READ_JSON", "READ_PARQUET");

    private final Map<FileFunction.Arguments, FileSet> known = new HashMap<>();
    private final List<SqlOperator> functions = List.of(
            new FileFunction(
                    "READ_CSV",
                    "csv",
                    List.of(
                            "delimiter",
                            "delim",
                            "sep",
                            "header",
                            "quote",
                            "escape",
                            "nullstr",
                            "encoding",
                            "sample_size",
                            "all_varchar"),
                    this),
            new FileFunction("READ_JSON", "json", List.of("encoding", "sample_size"), this),
            new FileFunction("READ_PARQUET", "parquet", List.of(), this));

    /** Names the first argument if others are named: Calcite takes names for all arguments or for none. */
    static SqlNode nameArguments(SqlNode node) {
        if (!(node instanceof SqlBasicCall call)
                || !(call.getOperator() instanceof SqlFunction function)
                || !NAMES.contains(function.getName().toUpperCase(Locale.ROOT))
                || call.operandCount() < 2
                || call.operand(0).getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
            return node;
        }
        SqlNode file = call.operand(0);
        SqlParserPos pos = file.getParserPosition();
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        operands.set(
                0,
                SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(
                        pos, file, new SqlIdentifier(FileFunction.FILE, pos)));
        return function.createCall(call.getParserPosition(), operands);
    }

    FileSet find(FileFunction.Arguments arguments) {
        FileSet found = known.get(arguments);
        if (found == null) {
            found = arguments.look();
            known.put(arguments, found);
        }
        return found;
    }

    /** The files looked at so far. */
    Set<FileSet> found() {
        return new LinkedHashSet<>(known.values());
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> operators,
            SqlNameMatcher nameMatcher) {
        if (syntax == SqlSyntax.FUNCTION && name.isSimple()) {
            String upper = name.getSimple().toUpperCase(Locale.ROOT);
            for (SqlOperator function : functions) {
                if (function.getName().equals(upper)) {
                    operators.add(function);
                }
            }
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return functions;
    }
}
