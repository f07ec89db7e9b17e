// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.SchemaVersion;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.type.TypeJsonCodec;

/** Definitions to JSON. Fields that hold what a reader fills in anyway are left out. */
final class DefinitionWriter {
    private DefinitionWriter() {}

    static ObjectNode namespace(NamespaceDefinition namespace) {
        ObjectNode json = DefinitionJson.object()
                .put("name", namespace.name())
                .put("created_at", namespace.createdAt().toString());
        ObjectNode options = json.putObject("options");
        namespace.options().forEach(options::put);
        return json;
    }

    static ObjectNode view(ViewDefinition view) {
        ObjectNode json = DefinitionJson.object();
        id(json, view.id());
        json.put("query", view.query()).put("search_namespace", view.searchNamespace());
        ArrayNode columns = json.putArray("columns");
        view.columns().forEach(column -> columns.add(column(column)));
        text(json, "comment", view.comment());
        return json.put("created_at", view.createdAt().toString());
    }

    static ObjectNode sequence(SequenceDefinition sequence) {
        ObjectNode json = DefinitionJson.object();
        id(json, sequence.id());
        json.put("object_id", sequence.objectId());
        json.set("data_type", TypeJsonCodec.toTree(sequence.type()));
        return json.put("start", sequence.start())
                .put("increment", sequence.increment())
                .put("minimum", sequence.minimum())
                .put("maximum", sequence.maximum())
                .put("created_at", sequence.createdAt().toString());
    }

    static ObjectNode table(TableDefinition table) {
        ObjectNode json = DefinitionJson.object();
        id(json, table.id());
        json.put("object_id", table.objectId());
        history(json, table.history());
        json.set("options", table.options().toJson());
        json.set("storage", storage(table.storage()));
        ArrayNode constraints = json.putArray("constraints");
        table.constraints().forEach(constraint -> constraints.add(constraint(constraint)));
        ArrayNode indexes = json.putArray("indexes");
        table.indexes().forEach(index -> indexes.add(index(index)));
        if (!table.referencedBy().isEmpty()) {
            ArrayNode referencedBy = json.putArray("referenced_by");
            table.referencedBy().forEach(other -> id(referencedBy.addObject(), other));
        }
        json.put("next_column_id", table.nextColumnId());
        text(json, "comment", table.comment());
        return json.put("created_at", table.createdAt().toString())
                .put("updated_at", table.updatedAt().toString());
    }

    /** Most columns are the same in most versions, so each state of a column is written once and numbered. */
    private static void history(ObjectNode json, List<SchemaVersion> history) {
        Map<ColumnDefinition, Integer> states = new LinkedHashMap<>();
        ArrayNode versions = DefinitionJson.object().arrayNode();
        for (SchemaVersion version : history) {
            ObjectNode entry = versions.addObject()
                    .put("version", version.version())
                    .put("created_at", version.createdAt().toString())
                    .put("changes", version.changes());
            ArrayNode columns = entry.putArray("columns");
            for (ColumnDefinition column : version.columns()) {
                columns.add(states.computeIfAbsent(column, state -> states.size()));
            }
        }
        ArrayNode columnStates = json.putArray("column_states");
        states.keySet().forEach(column -> columnStates.add(column(column)));
        json.set("history", versions);
    }

    private static ObjectNode column(ColumnDefinition column) {
        ObjectNode json = DefinitionJson.object()
                .put("id", column.columnId())
                .put("name", column.name())
                .put("ordinal", column.ordinalPosition());
        json.set("type", TypeJsonCodec.toTree(column.dataType()));
        if (column.maxLength() != null) {
            json.put("max_length", column.maxLength());
        }
        json.put("nullable", column.nullable());
        flag(json, "primary_key", column.primaryKey());
        flag(json, "partition_key", column.partitionKey());
        columnDefault(json, "default", column.defaultValue());
        columnDefault(json, "initial_default", column.initialDefault());
        IdentityDefinition identity = column.identity();
        if (identity != null) {
            json.putObject("identity")
                    .put("always", identity.always())
                    .put("start", identity.start())
                    .put("increment", identity.increment());
        }
        text(json, "comment", column.comment());
        return json;
    }

    private static void columnDefault(ObjectNode json, String field, ColumnDefault value) {
        if (value instanceof ColumnDefault.Literal literal) {
            json.putObject(field).set("literal", literal.value());
        } else if (value instanceof ColumnDefault.FunctionCall call) {
            ObjectNode function = json.putObject(field).put("function", call.name());
            function.putArray("args").addAll(call.args());
        }
    }

    private static ObjectNode storage(StorageSettings storage) {
        ObjectNode json = DefinitionJson.object()
                .put("storage_id", storage.storageId())
                .put("use_user_storage", storage.useUserStorage());
        if (storage.flushPolicy() != null) {
            json.set("flush_policy", storage.flushPolicy().toJson());
        }
        if (storage.deletedRetentionHours() != null) {
            json.put("deleted_retention_hours", storage.deletedRetentionHours());
        }
        return json;
    }

    private static ObjectNode constraint(Constraint constraint) {
        ObjectNode json = DefinitionJson.object().put("name", constraint.name());
        strings(json, "columns", constraint.columns());
        if (constraint instanceof Constraint.PrimaryKey) {
            return json.put("kind", "primary_key");
        }
        if (constraint instanceof Constraint.Unique) {
            return json.put("kind", "unique");
        }
        if (constraint instanceof Constraint.Check check) {
            return json.put("kind", "check").put("expression", check.expression());
        }
        Constraint.ForeignKey key = (Constraint.ForeignKey) constraint;
        json.put("kind", "foreign_key");
        id(json.putObject("referenced_table"), key.referencedTable());
        strings(json, "referenced_columns", key.referencedColumns());
        return json.put("on_update", key.onUpdate().name())
                .put("on_delete", key.onDelete().name());
    }

    private static ObjectNode index(IndexDefinition index) {
        ObjectNode json = DefinitionJson.object()
                .put("id", index.indexId())
                .put("name", index.name())
                .put("unique", index.unique());
        strings(json, "columns", index.columns());
        return json;
    }

    private static void id(ObjectNode json, TableId id) {
        json.put("namespace", id.namespace()).put("name", id.name());
    }

    private static void strings(ObjectNode json, String field, List<String> values) {
        ArrayNode array = json.putArray(field);
        values.forEach(array::add);
    }

    private static void text(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }

    private static void flag(ObjectNode json, String field, boolean value) {
        if (value) {
            json.put(field, true);
        }
    }
}
