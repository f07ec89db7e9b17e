// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.transaction.SchemaGuard;

/** The encodings of the tables in use. Safe for use by several threads. */
public final class TableFormats {
    private final ConcurrentHashMap<Long, TableFormat> formats = new ConcurrentHashMap<>();

    /** The format of a table under a definition; it is remembered until a call with another definition. */
    public TableFormat of(TableDefinition table, SchemaGuard guard) {
        TableFormat format = formats.get(table.objectId());
        if (format == null || !format.isOf(table)) {
            format = new TableFormat(table, guard);
            formats.put(table.objectId(), format);
        }
        return format;
    }

    /** The format under the definition last used, or null if the table has not been used. */
    @Nullable
    public TableFormat find(long objectId) {
        return formats.get(objectId);
    }

    public void forget(long objectId) {
        formats.remove(objectId);
    }
}
