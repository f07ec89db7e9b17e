// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * A namespace, the SQL schema of tables. Immutable.
 *
 * @param name exact name
 * @param createdAt when it was created
 * @param options free settings, keys in lower case
 */
public record NamespaceDefinition(String name, Instant createdAt, Map<String, String> options) {
    public NamespaceDefinition {
        Names.requireNamespace(name);
        requireNonNull(createdAt, "createdAt is null");
        for (String key : options.keySet()) {
            if (key.isEmpty() || !key.equals(key.toLowerCase(Locale.ROOT))) {
                throw new KalamException(
                        ErrorCode.INVALID_OPTION,
                        "Invalid option of namespace " + Names.quote(name) + ": the key must be lower case, got: '"
                                + key + "'");
            }
        }
        options = Map.copyOf(options);
    }

    /** A copy with other options. */
    public NamespaceDefinition withOptions(Map<String, String> changed) {
        return new NamespaceDefinition(name, createdAt, changed);
    }
}
