// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.job;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableId;

/**
 * What a job works on. Immutable.
 *
 * @param namespace a namespace, or {@value #ALL_NAMESPACES} for all
 * @param table a table in it, or null for all
 * @param path a folder outside of the database, or null if none takes part
 */
public record JobSubject(
        String namespace, @Nullable String table, @Nullable Path path) {
    /** What stands for all namespaces; no namespace has this name. */
    public static final String ALL_NAMESPACES = "*";

    public JobSubject {
        requireNonNull(namespace, "namespace is null");
    }

    /** One table. */
    public static JobSubject of(TableId table) {
        return new JobSubject(table.namespace(), table.name(), null);
    }

    /** A namespace, or all for null, and a folder. */
    public static JobSubject of(@Nullable String namespace, Path path) {
        return new JobSubject(Objects.requireNonNullElse(namespace, ALL_NAMESPACES), null, path);
    }
}
