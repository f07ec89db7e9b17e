// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.util.List;
import java.util.stream.Stream;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;
import org.kalamdb.system.SystemTables;

/** What a change of the catalog must not do: touch what is the engine's, or use a name that is taken. Safe for use by several threads. */
final class CatalogRules {
    private final TableSchemaStore tables;
    private final ViewStore views;
    private final SequenceStore sequences;
    private final NamespaceStore namespaces;
    private final Suggestions suggestions;

    CatalogRules(
            TableSchemaStore tables,
            ViewStore views,
            SequenceStore sequences,
            NamespaceStore namespaces,
            Suggestions suggestions) {
        this.tables = tables;
        this.views = views;
        this.sequences = sequences;
        this.namespaces = namespaces;
        this.suggestions = suggestions;
    }

    /** @param action what is to be done, before "namespace" in a sentence. @throws KalamException PERMISSION_DENIED */
    static void requireUserNamespace(String action, String name) {
        if (Names.isSystemNamespace(name)) {
            throw new KalamException(
                    ErrorCode.PERMISSION_DENIED,
                    "Cannot " + action + " namespace " + Names.quote(name) + ": it is the engine's own");
        }
    }

    /** @throws KalamException PERMISSION_DENIED for a table of the system */
    static void requireUserTable(String action, TableDefinition table) {
        requireUserNamespace(action + " tables in", table.id().namespace());
        if (table.type() == TableType.SYSTEM) {
            throw new KalamException(
                    ErrorCode.PERMISSION_DENIED,
                    "Cannot " + action + " table " + table.id() + ": SYSTEM tables are the engine's own");
        }
        if (table.objectId() < SystemTables.FIRST_USER_OBJECT_ID) {
            throw new KalamException(
                    ErrorCode.INTERNAL_ERROR,
                    "Cannot " + action + " table " + table.id() + ": its object id is a system table's, got: "
                            + table.objectId());
        }
    }

    /** @throws KalamException INTERNAL_ERROR if a definition is not the next version of another */
    static void requireSuccessor(TableDefinition current, TableDefinition next) {
        if (next.objectId() != current.objectId() || next.schemaVersion() <= current.schemaVersion()) {
            throw new KalamException(
                    ErrorCode.INTERNAL_ERROR,
                    "Cannot alter table " + current.id() + ": version " + next.schemaVersion() + " of object "
                            + next.objectId() + " does not follow version " + current.schemaVersion() + " of object "
                            + current.objectId());
        }
    }

    /** @throws KalamException NAMESPACE_NOT_FOUND with a near name */
    void requireStoredNamespace(String name) {
        if (!namespaces.contains(name)) {
            throw new KalamException(
                    ErrorCode.NAMESPACE_NOT_FOUND,
                    "Namespace " + Names.quote(name) + " does not exist, create it first"
                            + suggestions.forNamespace(name));
        }
    }

    /** @throws KalamException NAMESPACE_NOT_FOUND, TABLE_EXISTS if a table or view has the name */
    void requireFreeName(TableId id) {
        requireStoredNamespace(id.namespace());
        if (tables.contains(id)) {
            throw new KalamException(ErrorCode.TABLE_EXISTS, "Table " + id + " already exists");
        }
        if (views.contains(id)) {
            throw new KalamException(ErrorCode.TABLE_EXISTS, "Table " + id + " already exists as a view");
        }
    }

    /** Index names are unique in their namespace; only a table that brings new ones has to look at the others. */
    void requireFreeIndexNames(TableDefinition table, List<IndexDefinition> known) {
        List<String> brought = table.indexes().stream()
                .filter(index -> !known.contains(index))
                .map(IndexDefinition::name)
                .toList();
        if (brought.isEmpty()) {
            return;
        }
        try (Stream<TableDefinition> inside = tables.inNamespace(table.id().namespace())) {
            inside.filter(other -> other.objectId() != table.objectId())
                    .flatMap(other -> other.indexes().stream())
                    .filter(index -> brought.contains(index.name()))
                    .findFirst()
                    .ifPresent(index -> {
                        throw new KalamException(
                                ErrorCode.INDEX_EXISTS,
                                "Index " + Names.quote(index.name()) + " of namespace "
                                        + Names.quote(table.id().namespace()) + " already exists");
                    });
        }
    }

    /** Names of all that is in a namespace. The stream must be closed. */
    Stream<TableId> contentIds(String namespace) {
        return Stream.concat(
                Stream.concat(tables.idsInNamespace(namespace), views.idsInNamespace(namespace)),
                sequences.idsInNamespace(namespace));
    }

    /** @throws KalamException DEPENDENT_OBJECTS */
    void requireEmpty(String namespace) {
        try (Stream<TableId> inside = contentIds(namespace)) {
            inside.findFirst().ifPresent(id -> {
                throw new KalamException(
                        ErrorCode.DEPENDENT_OBJECTS,
                        "Cannot drop namespace " + Names.quote(namespace) + ": it is not empty, it has " + id
                                + "; empty it first or use CASCADE");
            });
        }
    }
}
