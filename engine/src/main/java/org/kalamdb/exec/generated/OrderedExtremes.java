// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.generated;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.impl.AggregateFunctionImpl;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;
import org.kalamdb.function.ValueOrder;

/** MIN and MAX of types that Java orders otherwise than {@link ValueOrder}. Public for generated code. */
public final class OrderedExtremes {
    private static final SqlAggFunction LEAST = function("MIN", Least.class);
    private static final SqlAggFunction GREATEST = function("MAX", Greatest.class);

    private OrderedExtremes() {}

    /** What computes {@code function} of values of {@code type}: itself where Java's order is right. */
    static SqlAggFunction of(SqlAggFunction function, RelDataType type) {
        SqlTypeName name = type.getSqlTypeName();
        // Java's extremes begin with the greatest finite number, which is greater than what is infinitely small.
        boolean ours = SqlTypeName.CHAR_TYPES.contains(name)
                || SqlTypeName.APPROX_TYPES.contains(name)
                || name == SqlTypeName.UUID;
        if (ours && function.getKind() == SqlKind.MIN) {
            return LEAST;
        }
        return ours && function.getKind() == SqlKind.MAX ? GREATEST : function;
    }

    private static SqlAggFunction function(String name, Class<?> accumulator) {
        return new SqlUserDefinedAggFunction(
                new SqlIdentifier(name, SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0_NULLABLE_IF_EMPTY,
                InferTypes.FIRST_KNOWN,
                OperandTypes.operandMetadata(
                        List.of(SqlTypeFamily.ANY),
                        factory -> List.of(factory.createSqlType(SqlTypeName.ANY)),
                        i -> "value",
                        i -> false),
                requireNonNull(AggregateFunctionImpl.create(accumulator)),
                false,
                false,
                Optionality.FORBIDDEN);
    }

    /** The least value so far. Called by generated code. */
    public static final class Least {
        private Least() {}

        public static @Nullable Object init() {
            return null;
        }

        public static Object add(@Nullable Object least, Object value) {
            return least == null || ValueOrder.INSTANCE.compare(value, least) < 0 ? value : least;
        }

        public static @Nullable Object result(@Nullable Object least) {
            return least;
        }
    }

    /** The greatest value so far. Called by generated code. */
    public static final class Greatest {
        private Greatest() {}

        public static @Nullable Object init() {
            return null;
        }

        public static Object add(@Nullable Object greatest, Object value) {
            return greatest == null || ValueOrder.INSTANCE.compare(value, greatest) > 0 ? value : greatest;
        }

        public static @Nullable Object result(@Nullable Object greatest) {
            return greatest;
        }
    }
}
