// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import org.apache.calcite.DataContext;

/**
 * What a running statement knows about its surroundings. Generated code finds it in the {@link DataContext} under
 * {@link #VARIABLE}. Safe for use by several threads.
 */
public interface StatementContext {
    /** The name under which a {@link DataContext} holds the context. */
    String VARIABLE = "kalamContext";

    /** The name under which a {@link DataContext} holds a {@link Runnable} that throws if the statement is to stop. */
    String CHECK = "kalamCheck";

    /** When the statement began, in microseconds since 1970-01-01T00:00Z; the same for its whole run. */
    long startMicros();

    /** The user whose rights and rows count. */
    String user();

    /** The role of that user, in lower case. */
    String role();

    /** The namespace of unqualified names. */
    String namespace();

    /** The database's source of SNOWFLAKE_ID() values. */
    SnowflakeGenerator snowflakes();

    /**
     * The next number of a sequence.
     *
     * @param sequence its namespace and name, as {@link org.kalamdb.schema.TableId#toString} writes them
     */
    long nextValue(String sequence);
}
