// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.system;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.schema.TableType;
import org.kalamdb.type.KalamDataType;

/** The definition of a system table in the making; columns get their ordinals in call order. */
final class SystemTableBuilder {
    private final TableId id;
    private final long objectId;
    private final String comment;
    private final List<ColumnDefinition> columns = new ArrayList<>();

    SystemTableBuilder(String namespace, String name, long objectId, String comment) {
        this.id = new TableId(namespace, name);
        this.objectId = objectId;
        this.comment = comment;
    }

    SystemTableBuilder key(String name, KalamDataType type) {
        columns.add(ColumnDefinition.primaryKey(name, columns.size() + 1, type));
        return this;
    }

    SystemTableBuilder column(String name, KalamDataType type) {
        columns.add(ColumnDefinition.simple(name, columns.size() + 1, type).withNullable(false));
        return this;
    }

    SystemTableBuilder nullable(String name, KalamDataType type) {
        columns.add(ColumnDefinition.simple(name, columns.size() + 1, type));
        return this;
    }

    TableDefinition build() {
        List<String> key = new ArrayList<>();
        for (ColumnDefinition column : columns) {
            if (column.primaryKey()) {
                key.add(column.name());
            }
        }
        // The same in every database, so made at no particular time.
        return TableDefinition.create(
                id,
                objectId,
                TableType.SYSTEM,
                columns,
                TableOptions.system(),
                StorageSettings.DEFAULT,
                key.isEmpty() ? List.of() : List.of(new Constraint.PrimaryKey(id.name() + "_pkey", key)),
                comment,
                Instant.EPOCH);
    }
}
