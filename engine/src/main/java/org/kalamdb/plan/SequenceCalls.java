// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.SessionFunctions;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.TableId;
import org.kalamdb.sql.FunctionCalls;
import org.kalamdb.sql.KalamParser;

/**
 * {@code NEXT VALUE FOR name} and {@code NEXTVAL('name')}: both become NEXTVAL of the full name, so that a default or a view
 * means the same sequence wherever it is used. Immutable.
 */
public final class SequenceCalls {
    private final PlannerCatalog catalog;
    private final String namespace;

    /** @param namespace of names that have none */
    SequenceCalls(PlannerCatalog catalog, String namespace) {
        this.catalog = catalog;
        this.namespace = namespace;
    }

    /** Whether a default is the next number of a sequence. */
    public static boolean isNext(ColumnDefault.FunctionCall call) {
        return call.name().equals(SessionFunctions.NEXTVAL);
    }

    /** Whether a default is the next number of this sequence. */
    public static boolean isNextOf(ColumnDefault value, TableId sequence) {
        return value instanceof ColumnDefault.FunctionCall call
                && isNext(call)
                && call.args().stream()
                        .map(JsonNode::asText)
                        .anyMatch(argument -> argument.equals(sequence.toString()));
    }

    /** The expression itself if it is no such call. */
    SqlNode expand(SqlNode node) {
        if (!(node instanceof SqlCall call) || call.operandCount() != 1) {
            return node;
        }
        if (call.getKind() == SqlKind.NEXT_VALUE) {
            return next(call.operand(0), call.getParserPosition());
        }
        if (call.getOperator() instanceof SqlUnresolvedFunction function
                && function.getName().equalsIgnoreCase(SessionFunctions.NEXTVAL)) {
            return next(name(call.operand(0)), call.getParserPosition());
        }
        return node;
    }

    private static SqlIdentifier name(SqlNode operand) {
        if (operand instanceof SqlLiteral literal
                && literal.toValue() != null
                && KalamParser.parseExpression(literal.toValue()) instanceof SqlIdentifier name) {
            return name;
        }
        throw new KalamException(
                ErrorCode.INVALID_PARAMETER,
                ObjectNames.position(operand.getParserPosition()),
                "Invalid sequence " + operand + ": NEXTVAL takes the name of a sequence in quotes",
                null);
    }

    private SqlNode next(SqlIdentifier name, SqlParserPos pos) {
        TableId id = ObjectNames.tableId(name, namespace);
        if (catalog.findSequence(id).isEmpty()) {
            throw new KalamException(
                    ErrorCode.SEQUENCE_NOT_FOUND,
                    ObjectNames.position(name.getParserPosition()),
                    "Sequence " + id + " does not exist, create it first",
                    null);
        }
        return FunctionCalls.of(
                SessionFunctions.NEXTVAL, List.of(SqlLiteral.createCharString(id.toString(), pos)), pos);
    }
}
