package org.kalamdb.schema;

/** Options of a table, one variant per {@link TableType}. Immutable. */
public sealed interface TableOptions {
    record User(boolean partitionByUser, long maxRowsPerUser, boolean enableRls, Compression compression)
            implements TableOptions {}

    record Shared(
            AccessLevel accessLevel,
            boolean enableCache,
            long cacheTtlSeconds,
            Compression compression,
            boolean enableReplication)
            implements TableOptions {}

    record Stream(
            long ttlSeconds,
            EvictionStrategy evictionStrategy,
            long maxStreamSizeBytes,
            boolean enableCompaction,
            long watermarkDelaySeconds,
            Compression compression)
            implements TableOptions {}

    record System(boolean readOnly, boolean enableCache, long cacheTtlSeconds, boolean localhostOnly)
            implements TableOptions {}

    static User user() {
        return new User(false, 0, true, Compression.SNAPPY);
    }

    static Shared shared() {
        return new Shared(AccessLevel.PRIVATE, true, 3600, Compression.SNAPPY, false);
    }

    static Stream stream(long ttlSeconds) {
        return new Stream(ttlSeconds, EvictionStrategy.TIME_BASED, 0, true, 60, Compression.SNAPPY);
    }

    static System system() {
        return new System(true, true, 300, false);
    }
}
