// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.system.SystemTables;

/** What the catalog knows of itself: its age and which object ids are taken. Confined to the catalog's change lock. */
final class CatalogMeta {
    /** Ids are taken from the store by the block, so that most tables cost one write and not two. */
    private static final int OBJECT_ID_BLOCK = 64;

    private final KeyValueStore store;
    private final Instant createdAt;
    private long nextObjectId;
    private long objectIdLimit;

    private CatalogMeta(KeyValueStore store, Instant createdAt, long objectIdLimit) {
        this.store = store;
        this.createdAt = createdAt;
        this.nextObjectId = objectIdLimit;
        this.objectIdLimit = objectIdLimit;
    }

    static CatalogMeta open(KeyValueStore store, NamespaceStore namespaces, Clock clock) {
        byte[] stored = store.get(CatalogKeys.META);
        if (stored == null) {
            CatalogMeta meta = new CatalogMeta(store, clock.instant(), SystemTables.FIRST_USER_OBJECT_ID);
            WriteBatch batch = new WriteBatch().put(CatalogKeys.META, meta.encode(meta.objectIdLimit));
            namespaces.put(batch, new NamespaceDefinition(Names.DEFAULT_NAMESPACE, meta.createdAt, Map.of()));
            store.write(batch);
            return meta;
        }
        return DefinitionJson.read("catalog", stored, json -> decode(store, json));
    }

    /** When the database was made. */
    Instant createdAt() {
        return createdAt;
    }

    long nextObjectId() {
        if (nextObjectId == objectIdLimit) {
            long raised = objectIdLimit + OBJECT_ID_BLOCK;
            store.write(new WriteBatch().put(CatalogKeys.META, encode(raised)));
            objectIdLimit = raised;
        }
        return nextObjectId++;
    }

    private byte[] encode(long limit) {
        return DefinitionJson.toBytes(
                DefinitionJson.object().put("created_at", createdAt.toString()).put("object_id_limit", limit));
    }

    private static CatalogMeta decode(KeyValueStore store, JsonNode json) {
        return new CatalogMeta(
                store,
                Instant.parse(json.path("created_at").asText()),
                json.path("object_id_limit").asLong());
    }
}
