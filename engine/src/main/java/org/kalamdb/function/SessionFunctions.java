// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.calcite.DataContext;

/**
 * Functions whose value comes from the statement's surroundings or is new on every call. Called by generated code.
 *
 * <p>Those of the second kind take the number of their call in the statement, for no other purpose than that no two calls
 * in generated code look the same: the code generator evaluates equal expressions once.
 */
public final class SessionFunctions {
    /** The function that answers the next number of a sequence. */
    public static final String NEXTVAL = "NEXTVAL";

    private static final TimeOrderedIds IDS = new TimeOrderedIds(System::currentTimeMillis);

    private SessionFunctions() {}

    /**
     * The context that {@code dataContext} holds.
     *
     * @throws IllegalStateException if it holds none
     */
    public static StatementContext context(DataContext dataContext) {
        if (dataContext.get(StatementContext.VARIABLE) instanceof StatementContext context) {
            return context;
        }
        throw new IllegalStateException("No statement context under " + StatementContext.VARIABLE);
    }

    /** Statement start in microseconds since 1970-01-01T00:00Z. */
    public static long now(StatementContext context) {
        return context.startMicros();
    }

    /** The day of the statement start, in days since 1970-01-01. */
    public static int currentDate(StatementContext context) {
        return Datetimes.dateOf(context.startMicros());
    }

    /** The time of day of the statement start, in microseconds. */
    public static long currentTime(StatementContext context) {
        return Datetimes.timeOf(context.startMicros());
    }

    public static String currentUser(StatementContext context) {
        return context.user();
    }

    public static String currentRole(StatementContext context) {
        return context.role();
    }

    public static String currentNamespace(StatementContext context) {
        return context.namespace();
    }

    public static long snowflakeId(StatementContext context, int call) {
        return context.snowflakes().next();
    }

    /** The next number of a sequence. @param name its namespace and name */
    public static long nextValue(StatementContext context, String name, int call) {
        return context.nextValue(name);
    }

    public static String uuidV7(int call) {
        return IDS.uuidV7().toString();
    }

    /** From 0, inclusive, to 1, exclusive. */
    public static double random(int call) {
        return ThreadLocalRandom.current().nextDouble();
    }

    public static UUID randomUuid(int call) {
        return UUID.randomUUID();
    }

    public static String ulid(int call) {
        return IDS.ulid();
    }

    /** Product name and version, the version as the jar's manifest has it. */
    public static String version() {
        String version = SessionFunctions.class.getPackage().getImplementationVersion();
        return version == null ? "KalamDB" : "KalamDB " + version;
    }
}
