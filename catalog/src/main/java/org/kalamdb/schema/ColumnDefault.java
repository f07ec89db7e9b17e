// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.JsonTree;

/** What a column holds when an INSERT does not name it. Immutable. */
public sealed interface ColumnDefault {
    /** No default: NULL if the column allows it, else an error. */
    record None() implements ColumnDefault {
        @Override
        public String sqlText() {
            return "";
        }
    }

    /**
     * A constant. Numbers are equal if their digits are, whichever node class they came in.
     *
     * @param value a JSON value; JSON null is the SQL NULL and differs from {@link None}
     */
    record Literal(JsonNode value) implements ColumnDefault {
        public Literal {
            value = constant(requireNonNull(value, "value is null"));
        }

        /** The value; a copy if it is an array or object, which could be changed otherwise. */
        @Override
        public JsonNode value() {
            return unshared(value);
        }

        private static JsonNode unshared(JsonNode value) {
            return value.isContainerNode() ? value.deepCopy() : value;
        }

        @Override
        public String sqlText() {
            return sqlText(value);
        }

        private static String sqlText(JsonNode value) {
            if (value.isNull()) {
                return "NULL";
            }
            if (value.isBoolean()) {
                return value.booleanValue() ? "TRUE" : "FALSE";
            }
            if (value.isNumber()) {
                return value.asText();
            }
            String text = value.isTextual() ? value.textValue() : JsonTree.text(value);
            return "'" + text.replace("'", "''") + "'";
        }

        private static JsonNode constant(JsonNode value) {
            JsonNodeType type = value.getNodeType();
            if (type == JsonNodeType.NUMBER) {
                return number(value);
            }
            if (type == JsonNodeType.BINARY || type == JsonNodeType.POJO || type == JsonNodeType.MISSING) {
                throw new KalamException(
                        ErrorCode.INVALID_DEFINITION,
                        "Invalid default: must be null, a boolean, a number, a text, an array or an object, got: "
                                + type);
            }
            if (value instanceof ArrayNode array) {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> copy.add(constant(element)));
                return copy;
            }
            if (value instanceof ObjectNode object) {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(field -> copy.set(field.getKey(), constant(field.getValue())));
                return copy;
            }
            return value;
        }

        /** One node class for one number, so that what is stored and read again is equal to what was there. */
        private static JsonNode number(JsonNode value) {
            if ((value.isDouble() || value.isFloat()) && !Double.isFinite(value.doubleValue())) {
                throw new KalamException(
                        ErrorCode.INVALID_DEFINITION, "Invalid default: must be a finite number, got: " + value);
            }
            if (value.isIntegralNumber()) {
                return integer(value.bigIntegerValue());
            }
            BigDecimal decimal = value.isFloat() ? new BigDecimal(value.asText()) : value.decimalValue();
            return decimal.scale() == 0 ? integer(decimal.unscaledValue()) : DecimalNode.valueOf(decimal);
        }

        private static JsonNode integer(BigInteger value) {
            if (value.bitLength() < Integer.SIZE) {
                return IntNode.valueOf(value.intValue());
            }
            if (value.bitLength() < Long.SIZE) {
                return LongNode.valueOf(value.longValue());
            }
            return BigIntegerNode.valueOf(value);
        }
    }

    /**
     * A function evaluated for each row.
     *
     * @param name function name, made upper case
     * @param args constants, as in {@link Literal}
     */
    record FunctionCall(String name, List<JsonNode> args) implements ColumnDefault {
        public FunctionCall {
            requireNonNull(name, "name is null");
            if (name.isBlank()) {
                throw new KalamException(
                        ErrorCode.INVALID_DEFINITION, "Invalid default: the function name must not be empty");
            }
            name = name.toUpperCase(Locale.ROOT);
            args = args.stream().map(Literal::constant).toList();
        }

        /** The arguments; copies of those that are arrays or objects, which could be changed otherwise. */
        @Override
        public List<JsonNode> args() {
            return args.stream().map(Literal::unshared).toList();
        }

        /** A call without arguments. */
        public FunctionCall(String name) {
            this(name, List.of());
        }

        @Override
        public String sqlText() {
            StringBuilder text = new StringBuilder(name).append('(');
            for (int i = 0; i < args.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(Literal.sqlText(args.get(i)));
            }
            return text.append(')').toString();
        }
    }

    ColumnDefault NONE = new None();

    /** The SQL NULL as an explicit default. */
    ColumnDefault NULL = new Literal(NullNode.getInstance());

    /** What follows DEFAULT in a column definition; empty for {@link None}. */
    String sqlText();
}
