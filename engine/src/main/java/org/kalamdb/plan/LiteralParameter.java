// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;
import org.kalamdb.sql.SimpleStatement.Value;
import org.kalamdb.sql.StatementShape.Slot;
import org.kalamdb.sql.StatementShape.Typing;

/** A parameter in the place of a literal: it is never NULL, and may have a type of its own. Immutable. */
public final class LiteralParameter extends SqlDynamicParam {
    private final Slot slot;

    private LiteralParameter(Slot slot, int index, SqlParserPos position) {
        super(index, position);
        this.slot = slot;
    }

    /** The query with such parameters in the places of its others. @param slots what they stand for, in order */
    public static SqlNode inPlaceOf(List<Slot> slots, SqlNode query) {
        return requireNonNull(query.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlDynamicParam parameter) {
                int index = parameter.getIndex();
                return new LiteralParameter(slots.get(index), index, parameter.getParserPosition());
            }
        }));
    }

    /** The type that the literal has by itself; null if the parameter has that of what is around it. */
    @Nullable
    RelDataType ownType(RelDataTypeFactory types) {
        if (slot.typing() == Typing.COMPARED) {
            return null;
        }
        return slot.value() instanceof Value.Number number
                ? SqlLiteral.createExactNumeric(number.digits(), getParserPosition())
                        .createSqlType(types)
                : types.createSqlType(SqlTypeName.DATE);
    }

    @Override
    public SqlNode clone(SqlParserPos position) {
        return new LiteralParameter(slot, getIndex(), position);
    }
}
