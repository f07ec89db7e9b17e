package org.kalamdb.schema;

import org.jspecify.annotations.Nullable;

/**
 * Where and how a table is stored. Immutable.
 *
 * @param storageId id of a storage, {@code local} by default
 * @param useUserStorage whether a USER table follows each user's own storage
 * @param flushPolicy when rows move to cold segments, or null for never on its own
 * @param deletedRetentionHours how long tombstones are kept, or null for the engine's default
 */
public record StorageSettings(
        String storageId,
        boolean useUserStorage,
        @Nullable FlushPolicy flushPolicy,
        @Nullable Integer deletedRetentionHours) {
    public static final StorageSettings DEFAULT = new StorageSettings("local", false, null, null);
}
