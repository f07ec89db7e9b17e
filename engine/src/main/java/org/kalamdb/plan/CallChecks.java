// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.RelTypes;

/** Refuses calls that Calcite's functions accept by their declaration and then fail on. */
final class CallChecks {
    /** Functions of any number of operands, of which they need some. */
    private static final Map<String, Integer> LEAST_COUNTS =
            Map.of("COALESCE", 1, "GREATEST", 1, "LEAST", 1, "JSON_OBJECTAGG_NULL_ON_NULL", 2);

    /** Functions that read JSON, which is text, and is not made of other values. */
    private static final Set<String> READERS_OF_JSON = Set.of(
            "JSON_DEPTH", "JSON_KEYS", "JSON_LENGTH", "JSON_PRETTY", "JSON_STORAGE_SIZE", "JSON_TYPE", "JSON_VALUE");

    private CallChecks() {}

    /** The node itself, if it is no call that lacks operands. */
    static SqlNode requireOperands(SqlNode node) {
        if (node instanceof SqlCall call) {
            String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
            int least = LEAST_COUNTS.getOrDefault(name, 0);
            if (call.operandCount() < least) {
                throw new KalamException(
                        ErrorCode.FUNCTION_NOT_FOUND,
                        ObjectNames.position(call.getParserPosition()),
                        "Invalid number of arguments to function " + name + ": it takes at least " + least + ", got "
                                + call.operandCount(),
                        null);
            }
        }
        return node;
    }

    /** Whether it can be said only before the call is validated what is wrong with its operands. */
    static boolean precedesValidation(SqlCall call) {
        return call.getOperator().getName().startsWith("CONCAT_WS");
    }

    /** @param operands their types; null where none is known */
    static void requireTypes(SqlCall call, List<? extends @Nullable RelDataType> operands) {
        String name = call.getOperator().getName();
        boolean rounds = call.getKind() == SqlKind.CEIL || call.getKind() == SqlKind.FLOOR;
        if (rounds && operands.stream().anyMatch(type -> type != null && SqlTypeUtil.isInterval(type))) {
            throw refused(call, name + " to an INTERVAL; cast it to a number first");
        }
        RelDataType first = operands.isEmpty() ? null : operands.get(0);
        if (READERS_OF_JSON.contains(name) && first != null && !isText(first)) {
            throw refused(call, name + " to a value that is not JSON; give it TEXT or JSON");
        }
        boolean asText = name.startsWith("JSON_") || name.startsWith("CONCAT_WS");
        if (asText && operands.stream().filter(Objects::nonNull).anyMatch(RelTypes::isEmbedding)) {
            throw refused(call, name + " to an EMBEDDING; cast it to TEXT first");
        }
    }

    private static boolean isText(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case CHAR, VARCHAR, NULL, ANY, UNKNOWN -> true;
            default -> false;
        };
    }

    private static KalamException refused(SqlCall call, String what) {
        return new KalamException(
                ErrorCode.TYPE_MISMATCH, ObjectNames.position(call.getParserPosition()), "Cannot apply " + what, null);
    }
}
