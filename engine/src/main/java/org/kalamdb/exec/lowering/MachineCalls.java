// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.lowering;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.kalamdb.function.MachineFunction;

/** Makes calls of static methods as expressions. Confined to one thread. */
public final class MachineCalls {
    private static final Map<Class<?>, Map<String, MachineFunction>> FUNCTIONS = new ConcurrentHashMap<>();

    private final RexBuilder rexBuilder;

    public MachineCalls(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    /** A call of the only public method {@code name} of {@code owner}. */
    public RexNode call(RelDataType type, Class<?> owner, String name, RexNode... operands) {
        MachineFunction function = FUNCTIONS
                .computeIfAbsent(owner, key -> new ConcurrentHashMap<>())
                .computeIfAbsent(name, key -> MachineFunction.of(owner, key));
        return rexBuilder.makeCall(type, function, List.of(operands));
    }

    /** An INTEGER argument. */
    RexNode argument(int value) {
        return rexBuilder.makeExactLiteral(BigDecimal.valueOf(value), create(SqlTypeName.INTEGER, false));
    }

    /** A BIGINT argument. */
    RexNode argument(long value) {
        return rexBuilder.makeExactLiteral(BigDecimal.valueOf(value), create(SqlTypeName.BIGINT, false));
    }

    /** A TEXT argument. */
    RexNode argument(String value) {
        return rexBuilder.makeLiteral(value);
    }

    /** An enum constant. */
    RexNode argument(Enum<?> value) {
        return rexBuilder.makeFlag(value);
    }

    RelDataType create(SqlTypeName name, boolean nullable) {
        return rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(rexBuilder.getTypeFactory().createSqlType(name), nullable);
    }
}
