// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TableFunction;
import org.apache.calcite.schema.impl.TableFunctionImpl;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedTableFunction;

/** Functions that stand in FROM. */
final class TableFunctions {
    private TableFunctions() {}

    static List<SqlOperator> all() {
        return Stream.of(NumberSeries.class.getMethods())
                .filter(method -> method.getName().equals("of"))
                .map(method -> series(method.getParameterCount(), requireNonNull(TableFunctionImpl.create(method))))
                .toList();
    }

    private static SqlOperator series(int width, TableFunction function) {
        return new SqlUserDefinedTableFunction(
                new SqlIdentifier("GENERATE_SERIES", SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.CURSOR,
                InferTypes.FIRST_KNOWN,
                OperandTypes.operandMetadata(
                        Collections.nCopies(width, SqlTypeFamily.INTEGER),
                        factory -> Collections.nCopies(width, bigint(factory)),
                        List.of("first", "last", "step")::get,
                        index -> false),
                function);
    }

    private static RelDataType bigint(RelDataTypeFactory factory) {
        return factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.BIGINT), true);
    }
}
