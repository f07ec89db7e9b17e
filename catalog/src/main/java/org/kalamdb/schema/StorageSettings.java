// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Where and how a table is stored. Immutable.
 *
 * @param storageId id of a storage, {@code local} by default; letters, digits, {@code _} and {@code -}
 * @param useUserStorage whether a USER table follows each user's own storage
 * @param flushPolicy when rows move to cold segments, or null for never on its own
 * @param deletedRetentionHours how long tombstones are kept, at least 0, or null for the engine's default
 */
public record StorageSettings(
        String storageId,
        boolean useUserStorage,
        @Nullable FlushPolicy flushPolicy,
        @Nullable Integer deletedRetentionHours) {
    public static final StorageSettings DEFAULT = new StorageSettings("local", false, null, null);

    public StorageSettings {
        requireNonNull(storageId, "storageId is null");
        if (storageId.isEmpty() || !storageId.chars().allMatch(StorageSettings::isIdCharacter)) {
            throw Definitions.invalidOption(
                    "Invalid storage id: must be letters, digits, \"_\" and \"-\", got: '" + storageId + "'");
        }
        if (deletedRetentionHours != null) {
            Definitions.requireAtLeast("deleted_retention_hours", 0, deletedRetentionHours);
        }
    }

    /** A copy with another flush policy; null for never on its own. */
    public StorageSettings withFlushPolicy(@Nullable FlushPolicy policy) {
        return new StorageSettings(storageId, useUserStorage, policy, deletedRetentionHours);
    }

    private static boolean isIdCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }
}
