// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import static java.util.Objects.requireNonNull;

import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.Sequences;
import org.kalamdb.type.StoredValues;

/** A column that the engine numbers. Immutable. */
record IdentityColumn(TableDefinition table, ColumnDefinition column) {
    Object next(Sequences sequences) {
        return requireNonNull(StoredValues.fromJava(
                column.dataType(), sequences.identity(table, column).next()));
    }

    void advancePast(Sequences sequences, long given) {
        sequences.identity(table, column).advancePast(given);
    }
}
