package org.kalamdb.schema;

import java.time.Instant;
import java.util.Map;

/**
 * A namespace, the SQL schema of tables. Immutable.
 *
 * @param name exact name
 * @param createdAt when it was created
 * @param options free settings, keys in lower case
 */
public record NamespaceDefinition(String name, Instant createdAt, Map<String, String> options) {
    public NamespaceDefinition {
        options = Map.copyOf(options);
    }
}
