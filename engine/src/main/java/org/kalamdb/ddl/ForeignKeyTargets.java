// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.store.Catalog;

/** The keys that foreign keys reference: primary keys, unique constraints and unique indexes. */
final class ForeignKeyTargets {
    private final Catalog catalog;

    ForeignKeyTargets(Catalog catalog) {
        this.catalog = catalog;
    }

    /** A foreign key and the table that has it. */
    record Reference(TableId table, Constraint.ForeignKey key) {}

    /** Whether some key of the table is on exactly these columns, in whatever order. */
    static boolean isKey(TableDefinition table, List<String> columns) {
        return keys(table, Optional.empty()).anyMatch(key -> key.equals(new HashSet<>(columns)));
    }

    /** @throws KalamException DEPENDENT_OBJECTS if a foreign key would be left without the key it references */
    void requireUnused(TableDefinition table, String keyName) {
        List<Reference> users = users(table, keyName);
        if (!users.isEmpty()) {
            throw new KalamException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "Cannot drop " + Names.quote(keyName) + " of table " + table.id() + ": foreign key "
                            + Names.quote(users.get(0).key().name()) + " of table "
                            + users.get(0).table() + " references it; drop that first or use CASCADE");
        }
    }

    /** The foreign keys that reference what only this constraint or index makes a key. */
    List<Reference> users(TableDefinition table, String keyName) {
        List<Reference> users = new ArrayList<>();
        for (Reference reference : references(table)) {
            Set<String> columns = Set.copyOf(reference.key().referencedColumns());
            if (keys(table, Optional.of(keyName)).noneMatch(columns::equals)) {
                users.add(reference);
            }
        }
        return users;
    }

    /** All foreign keys to a table, its own included. */
    List<Reference> references(TableDefinition table) {
        return Stream.concat(
                        Stream.of(table), table.referencedBy().stream().flatMap(id -> catalog.findTable(id).stream()))
                .flatMap(other -> other.constraints(Constraint.ForeignKey.class).stream()
                        .filter(key -> key.referencedTable().equals(table.id()))
                        .map(key -> new Reference(other.id(), key)))
                .toList();
    }

    private static Stream<Set<String>> keys(TableDefinition table, Optional<String> without) {
        Stream<Set<String>> primaryKey = table.findPrimaryKey().stream()
                .filter(key -> !without.equals(Optional.of(key.name())))
                .map(key -> Set.copyOf(key.columns()));
        Stream<Set<String>> unique = table.indexes().stream()
                .filter(IndexDefinition::unique)
                .filter(index -> !without.equals(Optional.of(index.name())))
                .map(index -> Set.copyOf(index.columns()));
        return Stream.concat(primaryKey, unique);
    }
}
