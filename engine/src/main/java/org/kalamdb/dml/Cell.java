// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import org.jspecify.annotations.Nullable;
import org.kalamdb.function.InternalValues;
import org.kalamdb.schema.ColumnDefinition;

/** Where the value of one column of a new row comes from. Immutable. */
sealed interface Cell {
    /**
     * The stored value.
     *
     * @param computed internal values of the row's computed cells
     */
    @Nullable
    Object value(WriteContext context, @Nullable Object[] computed);

    /** @param stored the value, the same for every row */
    record Constant(@Nullable Object stored) implements Cell {
        @Override
        public @Nullable Object value(WriteContext context, @Nullable Object[] computed) {
            return stored;
        }
    }

    /** @param index 0-based parameter, whose type is the column's */
    record Parameter(int index, ColumnDefinition column) implements Cell {
        @Override
        public @Nullable Object value(WriteContext context, @Nullable Object[] computed) {
            return InternalValues.toStored(column.dataType(), context.query().parameter(index));
        }
    }

    /** @param index into the row's computed cells, already of the column's type */
    record Computed(int index, ColumnDefinition column) implements Cell {
        @Override
        public @Nullable Object value(WriteContext context, @Nullable Object[] computed) {
            return InternalValues.toStored(column.dataType(), computed[index]);
        }
    }

    /** @param index into the row's computed cells, where it lies as a stored value of the column's type */
    record Read(int index) implements Cell {
        @Override
        public @Nullable Object value(WriteContext context, @Nullable Object[] computed) {
            return computed[index];
        }
    }

    /** The next number of an identity column. */
    record NextNumber(IdentityColumn identity) implements Cell {
        @Override
        public Object value(WriteContext context, @Nullable Object[] computed) {
            return identity.next(context.sequences());
        }
    }

    /** A number given for an identity column that the engine would number otherwise. */
    record GivenNumber(IdentityColumn identity, Cell given) implements Cell {
        @Override
        public @Nullable Object value(WriteContext context, @Nullable Object[] computed) {
            Object value = given.value(context, computed);
            if (value != null) {
                identity.advancePast(context.sequences(), ((Number) value).longValue());
            }
            return value;
        }
    }
}
