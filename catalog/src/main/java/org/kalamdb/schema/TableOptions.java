// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Options of a table, one variant per {@link TableType}. Immutable. */
public sealed interface TableOptions {
    /** How long a STREAM table keeps rows that says nothing: a day. */
    long DEFAULT_STREAM_TTL_SECONDS = 86_400;

    /**
     * Options of a USER table.
     *
     * @param partitionByUser whether cold segments are grouped by user
     * @param maxRowsPerUser most rows a user may have, 0 for no limit
     * @param enableRls whether each user sees only their own rows
     * @param compression of cold segments
     */
    record User(boolean partitionByUser, long maxRowsPerUser, boolean enableRls, Compression compression)
            implements TableOptions {
        public User {
            Definitions.requireAtLeast("max_rows_per_user", 0, maxRowsPerUser);
            requireNonNull(compression, "compression is null");
        }

        @Override
        public TableType tableType() {
            return TableType.USER;
        }
    }

    /**
     * Options of a SHARED table.
     *
     * @param accessLevel who may read and write it
     * @param enableCache whether its rows may be cached
     * @param cacheTtlSeconds how long cached rows may be served, at least 0
     * @param compression of cold segments
     * @param enableReplication whether it may be copied to other nodes
     */
    record Shared(
            AccessLevel accessLevel,
            boolean enableCache,
            long cacheTtlSeconds,
            Compression compression,
            boolean enableReplication)
            implements TableOptions {
        public Shared {
            requireNonNull(accessLevel, "accessLevel is null");
            Definitions.requireAtLeast("cache_ttl_seconds", 0, cacheTtlSeconds);
            requireNonNull(compression, "compression is null");
        }

        @Override
        public TableType tableType() {
            return TableType.SHARED;
        }

        @Override
        public boolean isCacheEnabled() {
            return enableCache;
        }

        /** A copy with another access level. */
        public Shared withAccessLevel(AccessLevel changed) {
            return new Shared(changed, enableCache, cacheTtlSeconds, compression, enableReplication);
        }
    }

    /**
     * Options of a STREAM table.
     *
     * @param ttlSeconds age at which a row expires, at least 1
     * @param evictionStrategy what makes rows go
     * @param maxStreamSizeBytes most bytes of rows, 0 for no limit
     * @param enableCompaction whether expired rows are cleared away in the background
     * @param watermarkDelaySeconds how late a row may come, at least 0
     * @param compression of what is written to disk
     */
    record Stream(
            long ttlSeconds,
            EvictionStrategy evictionStrategy,
            long maxStreamSizeBytes,
            boolean enableCompaction,
            long watermarkDelaySeconds,
            Compression compression)
            implements TableOptions {
        public Stream {
            Definitions.requireAtLeast("ttl_seconds", 1, ttlSeconds);
            requireNonNull(evictionStrategy, "evictionStrategy is null");
            Definitions.requireAtLeast("max_stream_size_bytes", 0, maxStreamSizeBytes);
            Definitions.requireAtLeast("watermark_delay_seconds", 0, watermarkDelaySeconds);
            requireNonNull(compression, "compression is null");
        }

        @Override
        public TableType tableType() {
            return TableType.STREAM;
        }
    }

    /**
     * Options of a SYSTEM table.
     *
     * @param readOnly whether DML is refused
     * @param enableCache whether its rows may be cached
     * @param cacheTtlSeconds how long cached rows may be served, at least 0
     * @param localhostOnly whether only local sessions may read it
     */
    record System(boolean readOnly, boolean enableCache, long cacheTtlSeconds, boolean localhostOnly)
            implements TableOptions {
        public System {
            Definitions.requireAtLeast("cache_ttl_seconds", 0, cacheTtlSeconds);
        }

        @Override
        public TableType tableType() {
            return TableType.SYSTEM;
        }

        /** {@link Compression#NONE}: system tables have no segments. */
        @Override
        public Compression compression() {
            return Compression.NONE;
        }

        @Override
        public boolean isCacheEnabled() {
            return enableCache;
        }
    }

    /** The kind of table that these options belong to. */
    TableType tableType();

    /** Compression of what the table writes to disk. */
    Compression compression();

    /** Whether rows may be cached; false for USER and STREAM tables, which have no such option. */
    default boolean isCacheEnabled() {
        return false;
    }

    /** How long cached rows may be served, in seconds; 0 for USER and STREAM tables, which have no such option. */
    default long cacheTtlSeconds() {
        return 0;
    }

    /** Defaults of a USER table. */
    static User user() {
        return new User(false, 0, true, Compression.SNAPPY);
    }

    /** Defaults of a SHARED table. */
    static Shared shared() {
        return new Shared(AccessLevel.PRIVATE, true, 3600, Compression.SNAPPY, false);
    }

    /**
     * Defaults of a STREAM table.
     *
     * @param ttlSeconds age at which a row expires, at least 1
     */
    static Stream stream(long ttlSeconds) {
        return new Stream(ttlSeconds, EvictionStrategy.TIME_BASED, 0, true, 60, Compression.SNAPPY);
    }

    /** Defaults of a SYSTEM table. */
    static System system() {
        return new System(true, true, 300, false);
    }

    /** Defaults of a table of {@code type}; STREAM tables keep rows for {@value #DEFAULT_STREAM_TTL_SECONDS} seconds. */
    static TableOptions defaults(TableType type) {
        return switch (type) {
            case USER -> user();
            case SHARED -> shared();
            case STREAM -> stream(DEFAULT_STREAM_TTL_SECONDS);
            case SYSTEM -> system();
        };
    }

    /** The JSON form, tagged by {@code table_type}. */
    default ObjectNode toJson() {
        return TableOptionsJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote. Missing fields get their defaults and unknown ones are passed over.
     *
     * @throws org.kalamdb.error.KalamException DATA_CORRUPTED if the tag or a value is unknown
     */
    static TableOptions fromJson(JsonNode json) {
        return TableOptionsJson.read(json);
    }
}
