// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.KeyValue;
import org.kalamdb.store.KeyValueStore;
import org.kalamdb.store.WriteBatch;

final class CatalogKeyValueStoreTest {
    @Test
    void scansAPrefixInOrder() {
        try (TestDatabase database = TestDatabase.inMemory()) {
            KeyValueStore store = database.storage.catalogStore();
            WriteBatch batch = new WriteBatch();
            for (int i = 0; i < 500; i++) {
                batch.put(bytes("a" + (1000 + i)), bytes("v" + i));
            }
            store.write(batch.put(bytes("b"), bytes("x")).delete(bytes("a1001")));

            assertThat(store.get(bytes("a1000"))).isEqualTo(bytes("v0"));
            assertThat(store.get(bytes("a1001"))).isNull();
            assertThat(keys(store, "a")).hasSize(499).isSorted().startsWith("a1000", "a1002");
            assertThat(keys(store, "b")).containsExactly("b");
            assertThat(keys(store, "")).hasSize(500);
            try (Stream<KeyValue> unfinished = store.scan(bytes("a"))) {
                assertThat(unfinished.limit(1).toList()).hasSize(1);
            }
        }
    }

    @Test
    void keepsTheCatalogAcrossOpens(@TempDir Path folder) {
        TableDefinition table = TestDatabase.simpleTable(TableType.SHARED, 1);
        TableId id = new TableId("main", "t");
        try (TestDatabase database = TestDatabase.in(folder)) {
            Catalog catalog = Catalog.open(database.storage.catalogStore());
            catalog.createTable(TableDefinition.createWithDefaults(
                    id, catalog.nextObjectId(), TableType.SHARED, table.columns(), TestDatabase.START));
        }
        try (TestDatabase database = TestDatabase.in(folder)) {
            assertThat(Catalog.open(database.storage.catalogStore())
                            .requireTable(id)
                            .columns())
                    .isEqualTo(table.columns());
        }
    }

    private static List<String> keys(KeyValueStore store, String prefix) {
        try (Stream<KeyValue> entries = store.scan(bytes(prefix))) {
            return entries.map(entry -> new String(entry.key(), UTF_8)).toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
