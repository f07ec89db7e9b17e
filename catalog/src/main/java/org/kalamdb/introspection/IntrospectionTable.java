// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.type.KalamDataType;

/**
 * A result that is made of definitions: its columns and its rows. Safe for use by several threads, each with its own
 * {@link #rows()}.
 */
public final class IntrospectionTable {
    private final List<ColumnDefinition> columns;
    private final Supplier<Stream<@Nullable Object[]>> rows;

    IntrospectionTable(List<ColumnDefinition> columns, Supplier<Stream<@Nullable Object[]>> rows) {
        this.columns = List.copyOf(columns);
        this.rows = requireNonNull(rows, "rows is null");
    }

    static IntrospectionTable of(TableDefinition definition, Supplier<Stream<@Nullable Object[]>> rows) {
        return new IntrospectionTable(definition.columns(), rows);
    }

    /** The columns in order. */
    public List<ColumnDefinition> columns() {
        return columns;
    }

    /**
     * The rows, made as the stream is consumed: one stored value a column as {@link org.kalamdb.type.StoredValues} has
     * them, null for NULL. Each call reads the catalog anew. The stream must be closed and is confined to one thread.
     */
    public Stream<@Nullable Object[]> rows() {
        return rows.get();
    }

    /** A result column that is never NULL. */
    static ColumnDefinition column(String name, int ordinal, KalamDataType type) {
        return ColumnDefinition.simple(name, ordinal, type).withNullable(false);
    }

    /** A result column that may be NULL. */
    static ColumnDefinition nullable(String name, int ordinal, KalamDataType type) {
        return ColumnDefinition.simple(name, ordinal, type);
    }
}
