package org.kalamdb.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a column holds when an INSERT does not name it. Immutable. */
public sealed interface ColumnDefault {
    /** No default: NULL if the column allows it, else an error. */
    record None() implements ColumnDefault {}

    /** A constant. @param value a JSON value; JSON null is the SQL NULL and differs from {@link None} */
    record Literal(JsonNode value) implements ColumnDefault {}

    /** A function evaluated for each row. @param name upper-case function name @param args constants */
    record FunctionCall(String name, List<JsonNode> args) implements ColumnDefault {
        public FunctionCall {
            args = List.copyOf(args);
        }
    }

    ColumnDefault NONE = new None();
}
