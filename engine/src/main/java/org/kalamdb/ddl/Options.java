// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.ddl;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.AccessLevel;
import org.kalamdb.schema.Compression;
import org.kalamdb.schema.EvictionStrategy;
import org.kalamdb.schema.FlushPolicy;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.schema.TableType;
import org.kalamdb.sql.OptionValue;

/** Options of CREATE TABLE and ALTER TABLE, read with their types; an option nobody reads is an error. Confined to one thread. */
final class Options {
    private static final Set<String> ANY = Set.of("TYPE");
    private static final Set<String> USER = Set.of(
            "STORAGE_ID",
            "USE_USER_STORAGE",
            "FLUSH_POLICY",
            "COMPRESSION",
            "MAX_ROWS_PER_USER",
            DeletedRetention.OPTION,
            DeletedRetention.OPTION_IN_HOURS);
    private static final Set<String> SHARED = Set.of(
            "STORAGE_ID",
            "FLUSH_POLICY",
            "COMPRESSION",
            "ACCESS_LEVEL",
            DeletedRetention.OPTION,
            DeletedRetention.OPTION_IN_HOURS);
    private static final Set<String> STREAM =
            Set.of("TTL_SECONDS", "EVICTION_STRATEGY", "MAX_STREAM_SIZE_BYTES", "COMPRESSION");

    private final Map<String, OptionValue> values;

    Options(Map<String, OptionValue> values) {
        this.values = new LinkedHashMap<>(values);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    TableType type() {
        OptionValue type = values.get("TYPE");
        return type == null
                ? TableType.SHARED
                : requireUserType(choice("TYPE", TableType.class, TableType.SHARED), type);
    }

    private static TableType requireUserType(TableType type, OptionValue value) {
        if (type == TableType.SYSTEM) {
            throw invalid("TYPE", value, "it must be USER, SHARED or STREAM");
        }
        return type;
    }

    /** @throws KalamException INVALID_OPTION for an option that a table of this type does not have */
    void requireKnown(TableType type) {
        Set<String> own = switch (type) {
            case USER -> USER;
            case SHARED -> SHARED;
            case STREAM -> STREAM;
            case SYSTEM -> Set.of();
        };
        for (Map.Entry<String, OptionValue> option : values.entrySet()) {
            String name = option.getKey();
            if (!own.contains(name) && !ANY.contains(name)) {
                throw new KalamException(
                        ErrorCode.INVALID_OPTION,
                        ObjectNames.position(option.getValue().position()),
                        "Option " + name + " does not apply to a " + type + " table, which has: "
                                + Stream.concat(own.stream(), ANY.stream())
                                        .sorted()
                                        .collect(Collectors.joining(", ")),
                        null);
            }
        }
    }

    /** The options of a table, on top of those it has. */
    TableOptions tableOptions(TableOptions current) {
        if (current instanceof TableOptions.User user) {
            return new TableOptions.User(
                    user.partitionByUser(),
                    number("MAX_ROWS_PER_USER", user.maxRowsPerUser(), 0),
                    user.enableRls(),
                    choice("COMPRESSION", Compression.class, user.compression()));
        }
        if (current instanceof TableOptions.Shared shared) {
            return new TableOptions.Shared(
                    choice("ACCESS_LEVEL", AccessLevel.class, shared.accessLevel()),
                    shared.enableCache(),
                    shared.cacheTtlSeconds(),
                    choice("COMPRESSION", Compression.class, shared.compression()),
                    shared.enableReplication());
        }
        if (current instanceof TableOptions.Stream stream) {
            return new TableOptions.Stream(
                    number("TTL_SECONDS", stream.ttlSeconds(), 1),
                    choice("EVICTION_STRATEGY", EvictionStrategy.class, stream.evictionStrategy()),
                    number("MAX_STREAM_SIZE_BYTES", stream.maxStreamSizeBytes(), 0),
                    stream.enableCompaction(),
                    stream.watermarkDelaySeconds(),
                    choice("COMPRESSION", Compression.class, stream.compression()));
        }
        return current;
    }

    /** The options of a new table. @throws KalamException INVALID_OPTION if a STREAM table has no time to live */
    TableOptions newTableOptions(TableType type, String table) {
        if (type == TableType.STREAM && !values.containsKey("TTL_SECONDS")) {
            throw new KalamException(
                    ErrorCode.INVALID_OPTION,
                    "STREAM table " + table
                            + " needs a time to live: add TTL n, in seconds, or WITH (TTL_SECONDS = n)");
        }
        Map<String, OptionValue> completed = new LinkedHashMap<>(values);
        // What the statement does not say is ZSTD, while definitions of other origin that do not say it mean SNAPPY.
        completed.putIfAbsent("COMPRESSION", new OptionValue(Compression.ZSTD.name(), SqlParserPos.ZERO));
        return new Options(completed).tableOptions(TableOptions.defaults(type));
    }

    StorageSettings storage(StorageSettings current) {
        return new StorageSettings(
                text("STORAGE_ID", current.storageId()),
                bool("USE_USER_STORAGE", current.useUserStorage()),
                flushPolicy(current.flushPolicy()),
                deletedRetentionHours(current.deletedRetentionHours()));
    }

    private @Nullable Integer deletedRetentionHours(@Nullable Integer current) {
        OptionValue value = values.get(DeletedRetention.OPTION);
        OptionValue hours = values.get(DeletedRetention.OPTION_IN_HOURS);
        if (value == null) {
            return hours == null ? current : Integer.valueOf(hours(hours));
        }
        if (hours != null) {
            throw new KalamException(
                    ErrorCode.INVALID_OPTION,
                    ObjectNames.position(hours.position()),
                    "Cannot use options " + DeletedRetention.OPTION + " and " + DeletedRetention.OPTION_IN_HOURS
                            + " together: they say the same, give one of them",
                    null);
        }
        return DeletedRetention.hours(value.text())
                .orElseThrow(() -> invalid(DeletedRetention.OPTION, value, DeletedRetention.RULE));
    }

    private int hours(OptionValue value) {
        long hours = number(DeletedRetention.OPTION_IN_HOURS, 0, 0);
        if (hours > Integer.MAX_VALUE) {
            throw invalid(DeletedRetention.OPTION_IN_HOURS, value, "it must be at most " + Integer.MAX_VALUE);
        }
        return (int) hours;
    }

    private @Nullable FlushPolicy flushPolicy(@Nullable FlushPolicy current) {
        OptionValue value = values.get("FLUSH_POLICY");
        if (value == null) {
            return current;
        }
        try {
            return FlushPolicy.parse(value.text());
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(value.position()));
        }
    }

    private String text(String name, String current) {
        OptionValue value = values.get(name);
        return value == null ? current : value.text();
    }

    private boolean bool(String name, boolean current) {
        OptionValue value = values.get(name);
        if (value == null) {
            return current;
        }
        return switch (value.text().toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> throw invalid(name, value, "it must be TRUE or FALSE");
        };
    }

    private long number(String name, long current, long min) {
        OptionValue value = values.get(name);
        if (value == null) {
            return current;
        }
        try {
            long number = Long.parseLong(value.text().strip());
            if (number >= min && number <= Integer.MAX_VALUE * 1000L) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid(name, value, "it must be a whole number");
        }
        throw invalid(name, value, "it must be a whole number from " + min + " on");
    }

    private <E extends Enum<E>> E choice(String name, Class<E> type, E current) {
        OptionValue value = values.get(name);
        if (value == null) {
            return current;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(value.text().strip())) {
                return constant;
            }
        }
        throw invalid(
                name,
                value,
                "it must be one of "
                        + Stream.of(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")));
    }

    private static KalamException invalid(String name, OptionValue value, String rule) {
        return new KalamException(
                ErrorCode.INVALID_OPTION,
                ObjectNames.position(value.position()),
                "Invalid value of option " + name + ": " + rule + ", got: " + value.text(),
                null);
    }
}
