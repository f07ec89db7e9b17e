// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.store.Catalog;

/** Names for constraints and indexes that have none of their own, as PostgreSQL forms them. */
final class ConstraintNames {
    private final Catalog catalog;

    ConstraintNames(Catalog catalog) {
        this.catalog = catalog;
    }

    /** A name that no index of the namespace has and no constraint of the table. */
    String ofIndex(TableDefinition table, @Nullable SqlIdentifier given, List<String> columns, String suffix) {
        return given != null
                ? Util.last(given.names)
                : free(table, columns, suffix, name -> isConstraint(table, name) || isIndex(table, name));
    }

    /** A name that no constraint of the table has. */
    String ofConstraint(TableDefinition table, @Nullable SqlIdentifier given, List<String> columns, String suffix) {
        return given != null ? given.getSimple() : free(table, columns, suffix, name -> isConstraint(table, name));
    }

    /** @throws KalamException INDEX_EXISTS */
    void requireFreeIndex(TableDefinition table, String name) {
        if (isIndex(table, name)) {
            throw new KalamException(
                    ErrorCode.INDEX_EXISTS,
                    "Index " + Names.quote(name) + " of namespace "
                            + Names.quote(table.id().namespace()) + " already exists");
        }
    }

    private boolean isIndex(TableDefinition table, String name) {
        return table.findIndex(name).isPresent()
                || catalog.findTableOfIndex(new TableId(table.id().namespace(), name))
                        .isPresent();
    }

    private static boolean isConstraint(TableDefinition table, String name) {
        return table.findConstraint(name).isPresent();
    }

    private static String free(TableDefinition table, List<String> columns, String suffix, Predicate<String> taken) {
        StringBuilder stem = new StringBuilder(table.id().name());
        columns.forEach(column -> stem.append('_').append(column));
        int longest = Names.MAX_LENGTH - suffix.length() - 8;
        String name = (stem.length() > longest ? stem.substring(0, longest) : stem) + "_" + suffix;
        String candidate = name;
        for (int i = 1; taken.test(candidate); i++) {
            candidate = name + i;
        }
        return candidate;
    }
}
