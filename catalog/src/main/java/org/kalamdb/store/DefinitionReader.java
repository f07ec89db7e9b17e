// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.FlushPolicy;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.SchemaVersion;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.type.TypeJsonCodec;

/** JSON to definitions. Fields that are missing get the value that older writers meant by leaving them out. */
final class DefinitionReader {
    private DefinitionReader() {}

    static NamespaceDefinition namespace(JsonNode json) {
        Map<String, String> options = new HashMap<>();
        json.path("options")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        return new NamespaceDefinition(string(json, "name"), instant(json, "created_at"), options);
    }

    static ViewDefinition view(JsonNode json) {
        TableId id = id(json);
        return new ViewDefinition(
                id,
                string(json, "query"),
                json.path("search_namespace").asText(id.namespace()),
                list(json, "columns", DefinitionReader::column),
                text(json, "comment"),
                instant(json, "created_at"));
    }

    static SequenceDefinition sequence(JsonNode json) {
        return new SequenceDefinition(
                id(json),
                required(json, "object_id").longValue(),
                TypeJsonCodec.ofTree(required(json, "data_type")),
                required(json, "start").longValue(),
                required(json, "increment").longValue(),
                required(json, "minimum").longValue(),
                required(json, "maximum").longValue(),
                instant(json, "created_at"));
    }

    static TableDefinition table(JsonNode json) {
        List<ColumnDefinition> states = list(json, "column_states", DefinitionReader::column);
        List<SchemaVersion> history = list(json, "history", version -> version(version, states));
        SchemaVersion current = history.get(history.size() - 1);
        TableOptions options = TableOptions.fromJson(required(json, "options"));
        long lastColumnId =
                states.stream().mapToLong(ColumnDefinition::columnId).max().orElse(0);
        Instant createdAt = instant(json, "created_at");
        return new TableDefinition(
                id(json),
                required(json, "object_id").longValue(),
                options.tableType(),
                current.columns(),
                current.version(),
                history,
                options,
                storage(json.path("storage")),
                list(json, "constraints", DefinitionReader::constraint),
                list(json, "indexes", DefinitionReader::index),
                list(json, "referenced_by", DefinitionReader::id),
                json.path("next_column_id").asLong(lastColumnId + 1),
                text(json, "comment"),
                createdAt,
                json.has("updated_at") ? instant(json, "updated_at") : createdAt);
    }

    /** What {@link #summary} reads. */
    static final Set<String> SUMMARY =
            Set.of("format", "namespace", "name", "options", "history", "comment", "created_at", "updated_at");

    static TableSummary summary(JsonNode json) {
        JsonNode history = required(json, "history");
        Instant createdAt = instant(json, "created_at");
        return new TableSummary(
                id(json),
                TableOptions.fromJson(required(json, "options")).tableType(),
                required(history.path(history.size() - 1), "version").intValue(),
                text(json, "comment"),
                createdAt,
                json.has("updated_at") ? instant(json, "updated_at") : createdAt);
    }

    private static SchemaVersion version(JsonNode json, List<ColumnDefinition> states) {
        return new SchemaVersion(
                required(json, "version").intValue(),
                instant(json, "created_at"),
                string(json, "changes"),
                list(json, "columns", state -> states.get(state.intValue())));
    }

    private static ColumnDefinition column(JsonNode json) {
        return new ColumnDefinition(
                required(json, "id").longValue(),
                string(json, "name"),
                required(json, "ordinal").intValue(),
                TypeJsonCodec.ofTree(required(json, "type")),
                integer(json, "max_length"),
                json.path("nullable").asBoolean(true),
                json.path("primary_key").asBoolean(),
                json.path("partition_key").asBoolean(),
                columnDefault(json.path("default")),
                columnDefault(json.path("initial_default")),
                identity(json.path("identity")),
                text(json, "comment"));
    }

    private static ColumnDefault columnDefault(JsonNode json) {
        if (json.has("literal")) {
            return new ColumnDefault.Literal(json.get("literal"));
        }
        if (json.has("function")) {
            return new ColumnDefault.FunctionCall(string(json, "function"), list(json, "args", Function.identity()));
        }
        return ColumnDefault.NONE;
    }

    private static @Nullable IdentityDefinition identity(JsonNode json) {
        if (json.isMissingNode()) {
            return null;
        }
        return new IdentityDefinition(
                json.path("always").asBoolean(),
                json.path("start").asLong(1),
                json.path("increment").asLong(1));
    }

    private static StorageSettings storage(JsonNode json) {
        StorageSettings defaults = StorageSettings.DEFAULT;
        return new StorageSettings(
                json.path("storage_id").asText(defaults.storageId()),
                json.path("use_user_storage").asBoolean(defaults.useUserStorage()),
                json.has("flush_policy") ? FlushPolicy.fromJson(json.get("flush_policy")) : null,
                integer(json, "deleted_retention_hours"));
    }

    private static Constraint constraint(JsonNode json) {
        String name = string(json, "name");
        List<String> columns = strings(json, "columns");
        String kind = string(json, "kind");
        return switch (kind) {
            case "primary_key" -> new Constraint.PrimaryKey(name, columns);
            case "unique" -> new Constraint.Unique(name, columns);
            case "check" -> new Constraint.Check(name, string(json, "expression"), columns);
            case "foreign_key" ->
                new Constraint.ForeignKey(
                        name,
                        columns,
                        id(required(json, "referenced_table")),
                        strings(json, "referenced_columns"),
                        Constraint.ReferentialAction.valueOf(string(json, "on_update")),
                        Constraint.ReferentialAction.valueOf(string(json, "on_delete")));
            default -> throw new KalamException(ErrorCode.DATA_CORRUPTED, "Unknown kind of constraint: '" + kind + "'");
        };
    }

    private static IndexDefinition index(JsonNode json) {
        return new IndexDefinition(
                required(json, "id").longValue(),
                string(json, "name"),
                strings(json, "columns"),
                json.path("unique").asBoolean());
    }

    private static TableId id(JsonNode json) {
        return new TableId(string(json, "namespace"), string(json, "name"));
    }

    private static JsonNode required(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null) {
            throw new KalamException(ErrorCode.DATA_CORRUPTED, "Field " + field + " is missing");
        }
        return value;
    }

    private static String string(JsonNode json, String field) {
        return required(json, field).asText();
    }

    private static @Nullable String text(JsonNode json, String field) {
        JsonNode value = json.get(field);
        return value == null ? null : value.asText();
    }

    private static @Nullable Integer integer(JsonNode json, String field) {
        JsonNode value = json.get(field);
        return value == null ? null : value.intValue();
    }

    private static Instant instant(JsonNode json, String field) {
        return Instant.parse(string(json, field));
    }

    private static List<String> strings(JsonNode json, String field) {
        return list(json, field, JsonNode::asText);
    }

    private static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> element) {
        List<T> values = new ArrayList<>();
        json.path(field).forEach(value -> values.add(element.apply(value)));
        return values;
    }
}
