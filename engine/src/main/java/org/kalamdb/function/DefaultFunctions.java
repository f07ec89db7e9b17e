// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kalamdb.type.KalamDataType;

/** The functions that a DEFAULT may call, without arguments, and what they return. */
public final class DefaultFunctions {
    private static final Map<String, KalamDataType> RETURN_TYPES = Map.ofEntries(
            Map.entry("NOW", KalamDataType.TIMESTAMP),
            Map.entry("CURRENT_TIMESTAMP", KalamDataType.TIMESTAMP),
            Map.entry("LOCALTIMESTAMP", KalamDataType.TIMESTAMP),
            Map.entry("CURRENT_DATE", KalamDataType.DATE),
            Map.entry("CURRENT_TIME", KalamDataType.TIME),
            Map.entry("LOCALTIME", KalamDataType.TIME),
            Map.entry("CURRENT_USER", KalamDataType.TEXT),
            Map.entry("CURRENT_ROLE", KalamDataType.TEXT),
            Map.entry("CURRENT_NAMESPACE", KalamDataType.TEXT),
            Map.entry("SNOWFLAKE_ID", KalamDataType.BIGINT),
            Map.entry("UUID_V7", KalamDataType.TEXT),
            Map.entry("ULID", KalamDataType.TEXT),
            Map.entry("GEN_RANDOM_UUID", KalamDataType.UUID),
            Map.entry("UUID", KalamDataType.UUID));

    private DefaultFunctions() {}

    /** The type that {@code name}, in any case, returns; empty if a DEFAULT cannot call it. */
    public static Optional<KalamDataType> findReturnType(String name) {
        return Optional.ofNullable(RETURN_TYPES.get(name.toUpperCase(Locale.ROOT)));
    }

    /** The upper-case names. */
    public static Set<String> names() {
        return RETURN_TYPES.keySet();
    }

    /**
     * A value of the function {@code name} for one row, as a stored value.
     *
     * @throws IllegalArgumentException if a DEFAULT cannot call it
     */
    public static Object evaluate(String name, StatementContext context) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "NOW", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP" -> SessionFunctions.now(context);
            case "CURRENT_DATE" -> SessionFunctions.currentDate(context);
            case "CURRENT_TIME", "LOCALTIME" -> SessionFunctions.currentTime(context);
            case "CURRENT_USER" -> context.user();
            case "CURRENT_ROLE" -> context.role();
            case "CURRENT_NAMESPACE" -> context.namespace();
            case "SNOWFLAKE_ID" -> SessionFunctions.snowflakeId(context, 0);
            case "UUID_V7" -> SessionFunctions.uuidV7(0);
            case "ULID" -> SessionFunctions.ulid(0);
            case "GEN_RANDOM_UUID", "UUID" -> SessionFunctions.randomUuid(0);
            default -> throw new IllegalArgumentException("No default function: " + name);
        };
    }
}
