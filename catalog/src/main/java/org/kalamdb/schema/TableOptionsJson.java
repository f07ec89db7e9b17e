// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** The JSON form of {@link TableOptions}. */
final class TableOptionsJson {
    private TableOptionsJson() {}

    static ObjectNode write(TableOptions options) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("table_type", options.tableType().name());
        if (options instanceof TableOptions.User user) {
            json.put("partition_by_user", user.partitionByUser())
                    .put("max_rows_per_user", user.maxRowsPerUser())
                    .put("enable_rls", user.enableRls())
                    .put("compression", lower(user.compression()));
        } else if (options instanceof TableOptions.Shared shared) {
            json.put("access_level", lower(shared.accessLevel()))
                    .put("enable_cache", shared.enableCache())
                    .put("cache_ttl_seconds", shared.cacheTtlSeconds())
                    .put("compression", lower(shared.compression()))
                    .put("enable_replication", shared.enableReplication());
        } else if (options instanceof TableOptions.Stream stream) {
            json.put("ttl_seconds", stream.ttlSeconds())
                    .put("eviction_strategy", lower(stream.evictionStrategy()))
                    .put("max_stream_size_bytes", stream.maxStreamSizeBytes())
                    .put("enable_compaction", stream.enableCompaction())
                    .put("watermark_delay_seconds", stream.watermarkDelaySeconds())
                    .put("compression", lower(stream.compression()));
        } else if (options instanceof TableOptions.System system) {
            json.put("read_only", system.readOnly())
                    .put("enable_cache", system.enableCache())
                    .put("cache_ttl_seconds", system.cacheTtlSeconds())
                    .put("localhost_only", system.localhostOnly());
        }
        return json;
    }

    static TableOptions read(JsonNode json) {
        return switch (constant(TableType.class, json, "table_type", null)) {
            case USER -> readUser(json, TableOptions.user());
            case SHARED -> readShared(json, TableOptions.shared());
            case STREAM -> readStream(json, TableOptions.stream(TableOptions.DEFAULT_STREAM_TTL_SECONDS));
            case SYSTEM -> readSystem(json, TableOptions.system());
        };
    }

    private static TableOptions readUser(JsonNode json, TableOptions.User defaults) {
        return new TableOptions.User(
                json.path("partition_by_user").asBoolean(defaults.partitionByUser()),
                json.path("max_rows_per_user").asLong(defaults.maxRowsPerUser()),
                json.path("enable_rls").asBoolean(defaults.enableRls()),
                constant(Compression.class, json, "compression", defaults.compression()));
    }

    private static TableOptions readShared(JsonNode json, TableOptions.Shared defaults) {
        return new TableOptions.Shared(
                constant(AccessLevel.class, json, "access_level", defaults.accessLevel()),
                json.path("enable_cache").asBoolean(defaults.enableCache()),
                json.path("cache_ttl_seconds").asLong(defaults.cacheTtlSeconds()),
                constant(Compression.class, json, "compression", defaults.compression()),
                json.path("enable_replication").asBoolean(defaults.enableReplication()));
    }

    private static TableOptions readStream(JsonNode json, TableOptions.Stream defaults) {
        return new TableOptions.Stream(
                json.path("ttl_seconds").asLong(defaults.ttlSeconds()),
                constant(EvictionStrategy.class, json, "eviction_strategy", defaults.evictionStrategy()),
                json.path("max_stream_size_bytes").asLong(defaults.maxStreamSizeBytes()),
                json.path("enable_compaction").asBoolean(defaults.enableCompaction()),
                json.path("watermark_delay_seconds").asLong(defaults.watermarkDelaySeconds()),
                constant(Compression.class, json, "compression", defaults.compression()));
    }

    private static TableOptions readSystem(JsonNode json, TableOptions.System defaults) {
        return new TableOptions.System(
                json.path("read_only").asBoolean(defaults.readOnly()),
                json.path("enable_cache").asBoolean(defaults.enableCache()),
                json.path("cache_ttl_seconds").asLong(defaults.cacheTtlSeconds()),
                json.path("localhost_only").asBoolean(defaults.localhostOnly()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, String field, @Nullable E fallback) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() && fallback != null) {
            return fallback;
        }
        try {
            return Enum.valueOf(type, value.asText().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new KalamException(
                    ErrorCode.DATA_CORRUPTED, "Unknown " + field + " in table options: '" + value.asText() + "'", e);
        }
    }
}
