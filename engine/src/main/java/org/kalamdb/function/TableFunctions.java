// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.TableFunctionImpl;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedTableFunction;

/** Functions that stand in FROM. */
final class TableFunctions {
    private static final int MICROSECONDS = 6;

    private TableFunctions() {}

    static List<SqlOperator> all() {
        List<SqlOperator> functions = new ArrayList<>();
        functions.add(new SeriesFunction(numbers(2), method(NumberSeries.class, "of", 2)));
        functions.add(new SeriesFunction(numbers(3), method(NumberSeries.class, "of", 3)));
        for (SqlTypeName type : List.of(SqlTypeName.TIMESTAMP, SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE)) {
            functions.add(new SeriesFunction(
                    timestamps(type, SqlTypeFamily.INTERVAL_DAY_TIME, TimeUnit.DAY, TimeUnit.SECOND),
                    method(TimestampSeries.class, "ofMicros", 3)));
            functions.add(new SeriesFunction(
                    timestamps(type, SqlTypeFamily.INTERVAL_YEAR_MONTH, TimeUnit.YEAR, TimeUnit.MONTH),
                    method(TimestampSeries.class, "ofMonths", 3)));
        }
        return functions;
    }

    private static Method method(Class<?> owner, String name, int parameterCount) {
        return Stream.of(owner.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == parameterCount)
                .findFirst()
                .orElseThrow();
    }

    private static SqlOperandMetadata numbers(int width) {
        return OperandTypes.operandMetadata(
                Collections.nCopies(width, SqlTypeFamily.INTEGER),
                factory -> Collections.nCopies(width, nullable(factory, factory.createSqlType(SqlTypeName.BIGINT))),
                List.of("first", "last", "step")::get,
                index -> false);
    }

    private static SqlOperandMetadata timestamps(SqlTypeName type, SqlTypeFamily step, TimeUnit from, TimeUnit to) {
        return OperandTypes.operandMetadata(
                List.of(requireNonNull(type.getFamily()), requireNonNull(type.getFamily()), step),
                factory -> {
                    RelDataType timestamp = nullable(factory, factory.createSqlType(type, MICROSECONDS));
                    RelDataType interval =
                            factory.createSqlIntervalType(new SqlIntervalQualifier(from, to, SqlParserPos.ZERO));
                    return List.of(timestamp, timestamp, nullable(factory, interval));
                },
                List.of("first", "last", "step")::get,
                index -> false);
    }

    private static RelDataType nullable(RelDataTypeFactory factory, RelDataType type) {
        return factory.createTypeWithNullability(type, true);
    }

    /** GENERATE_SERIES of one kind of values. */
    private static final class SeriesFunction extends SqlUserDefinedTableFunction {
        SeriesFunction(SqlOperandMetadata operands, Method method) {
            super(
                    new SqlIdentifier("GENERATE_SERIES", SqlParserPos.ZERO),
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.CURSOR,
                    InferTypes.FIRST_KNOWN,
                    operands,
                    requireNonNull(TableFunctionImpl.create(method)));
        }

        /** That of the first value, and not what a table without arguments says. */
        @Override
        public SqlReturnTypeInference getRowTypeInference() {
            return binding -> binding.getTypeFactory()
                    .builder()
                    .add(Series.COLUMN, valueType(binding))
                    .build();
        }

        private static RelDataType valueType(SqlOperatorBinding binding) {
            RelDataTypeFactory factory = binding.getTypeFactory();
            return switch (binding.getOperandType(0).getSqlTypeName()) {
                case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, MICROSECONDS);
                case TIMESTAMP, DATE -> factory.createSqlType(SqlTypeName.TIMESTAMP, MICROSECONDS);
                default -> factory.createSqlType(SqlTypeName.BIGINT);
            };
        }

        @Override
        public Type getElementType(SqlOperatorBinding binding) {
            return Object[].class;
        }
    }
}
