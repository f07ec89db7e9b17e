// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.Names;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeMapping;

/**
 * One way to call a function. Immutable.
 *
 * @param name as it is called, in lower case
 * @param specificName a name that no other way to call any function has
 * @param kind what it is called with and what it answers
 * @param parameters what it takes, in order
 * @param result what it answers
 * @param deterministic whether the same operands always give the same answer
 */
public record RoutineInfo(
        String name,
        String specificName,
        Kind kind,
        List<ValueType> parameters,
        ValueType result,
        boolean deterministic) {
    /** The namespace of all that are built in: the standard puts them there. */
    public static final String NAMESPACE = Names.INFORMATION_SCHEMA;

    public RoutineInfo {
        parameters = List.copyOf(parameters);
    }

    /** What is called with what. */
    public enum Kind {
        /** Called with values of a row; answers a value. */
        SCALAR,
        /** Called with rows, of a group or a window; answers a value. */
        AGGREGATE,
        /** Called in FROM; answers rows. */
        TABLE
    }

    /**
     * The type of an operand or of an answer. Immutable.
     *
     * @param type the type, of which only the kind counts, or null if there are several
     */
    public record ValueType(@Nullable KalamDataType type) {
        /** Of values of several types. */
        public static final ValueType ANY = new ValueType(null);

        /** Its name in SQL, without length and precision; ANY where there are several. */
        public String sqlName() {
            return type == null ? "ANY" : TypeMapping.of(type).sqlName();
        }
    }
}
