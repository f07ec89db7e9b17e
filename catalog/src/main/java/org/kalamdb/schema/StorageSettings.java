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
 * @param deletedRetentionHours how long deleted rows are kept, 0 for not at all, {@link #KEPT_FOR_EVER}, or null for the
 *     engine's default
 */
public record StorageSettings(
        String storageId,
        boolean useUserStorage,
        @Nullable FlushPolicy flushPolicy,
        @Nullable Integer deletedRetentionHours) {
    /** Deleted rows are never removed. */
    public static final int KEPT_FOR_EVER = Integer.MAX_VALUE;
    /** How long deleted rows are kept if nothing is said, in hours. */
    public static final int DEFAULT_KEPT_HOURS = 168;

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

    /** How many hours deleted rows are kept: 0 for not at all, {@link #KEPT_FOR_EVER}. */
    public int keptHours() {
        return deletedRetentionHours == null ? DEFAULT_KEPT_HOURS : deletedRetentionHours;
    }

    /** A copy with another flush policy; null for never on its own. */
    public StorageSettings withFlushPolicy(@Nullable FlushPolicy policy) {
        return new StorageSettings(storageId, useUserStorage, policy, deletedRetentionHours);
    }

    private static boolean isIdCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }
}
