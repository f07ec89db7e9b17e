// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.SchemaVersion;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.schema.TableType;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.type.KalamDataType;

final class DefinitionEncodingTest {
    private final KeyValueStore store = new InMemoryKeyValueStore();
    private final TableSchemaStore tables = new TableSchemaStore(store);
    private final ViewStore views = new ViewStore(store);
    private final NamespaceStore namespaces = new NamespaceStore(store);

    @Test
    void readsEveryDefinitionItWrites() {
        for (long seed = 1; seed <= 300; seed++) {
            RandomDefinitions random = new RandomDefinitions(seed);
            TableDefinition table = random.table(new TableId("app", "t"));
            tables.put(table);
            assertThat(tables.find(table.id())).as("seed %d", seed).contains(table);
            assertThat(tables.summaries(id -> true)).as("seed %d", seed).containsExactly(TableSummary.of(table));
            ViewDefinition view = random.view(new TableId("app", "v"));
            views.put(view);
            assertThat(views.find(view.id())).as("seed %d", seed).contains(view);
            NamespaceDefinition namespace = random.namespace("app");
            namespaces.put(namespace);
            assertThat(namespaces.find("app")).as("seed %d", seed).contains(namespace);
        }
    }

    @Test
    void readsWhatTheFirstFormatHoldsAtLeast() {
        write(new TableId("app", "old"), """
                {"format":1,"namespace":"app","name":"old","object_id":1000,"written_by":"a later version",
                 "column_states":[
                   {"id":1,"name":"id","ordinal":1,"type":"BigInt","nullable":false,"primary_key":true},
                   {"id":2,"name":"a","ordinal":2,"type":"Int","colour":"red"},
                   {"id":3,"name":"price","ordinal":3,"type":{"Decimal":{"precision":10,"scale":2}}},
                   {"id":4,"name":"v","ordinal":4,"type":{"Embedding":3},
                    "default":{"function":"RANDOM","args":[3]}}],
                 "history":[
                   {"version":1,"created_at":"2026-01-01T00:00:00Z","changes":"Initial schema","columns":[0,1]},
                   {"version":2,"created_at":"2026-01-02T00:00:00Z","changes":"Changed","columns":[0,2,3]}],
                 "options":{"table_type":"SHARED"},
                 "constraints":[{"name":"old_pkey","kind":"primary_key","columns":["id"]}],
                 "created_at":"2026-01-01T00:00:00Z"}""");
        TableDefinition old = tables.find(new TableId("app", "old")).orElseThrow();
        assertThat(tables.summariesStartingWith("app", "ol", id -> true)).containsExactly(TableSummary.of(old));
        ColumnDefinition id = ColumnDefinition.primaryKey("id", 1, KalamDataType.BIGINT);
        ColumnDefinition a = ColumnDefinition.simple("a", 2, KalamDataType.INT);
        ColumnDefinition price = ColumnDefinition.simple("price", 3, KalamDataType.decimal(10, 2));
        assertThat(old.type()).isEqualTo(TableType.SHARED);
        assertThat(old.options()).isEqualTo(TableOptions.shared());
        assertThat(old.storage()).isEqualTo(StorageSettings.DEFAULT);
        assertThat(old.columnsAtVersion(1)).containsExactly(id, a);
        assertThat(old.columns().subList(0, 2)).containsExactly(id, price);
        assertThat(old.requireColumn("v").defaultValue().sqlText()).isEqualTo("RANDOM(3)");
        assertThat(old.requireColumn("v").initialDefault()).isEqualTo(ColumnDefault.NONE);
        assertThat(old.schemaVersion()).isEqualTo(2);
        assertThat(old.nextColumnId()).isEqualTo(5);
        assertThat(old.constraints()).containsExactly(new Constraint.PrimaryKey("old_pkey", List.of("id")));
        assertThat(old.indexes()).isEmpty();
        assertThat(old.comment()).isNull();
        assertThat(old.updatedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void writesEachStateOfAColumnOnce() {
        TableDefinition table = TableDefinition.createWithDefaults(
                new TableId("app", "t"),
                1000,
                TableType.SHARED,
                List.of(
                        ColumnDefinition.simple("first", 1, KalamDataType.INT),
                        ColumnDefinition.simple("second", 2, KalamDataType.INT)),
                Instant.EPOCH);
        for (int i = 0; i < 20; i++) {
            table = table.withComment("comment " + i, Instant.EPOCH);
        }
        assertThat(table.history()).extracting(SchemaVersion::version).hasSize(21);
        assertThat(DefinitionJson.text(table)).containsOnlyOnce("\"first\"").containsOnlyOnce("\"second\"");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{\"format\":1}",
                "{\"format\":1,\"namespace\":\"app\",\"name\":\"x\",\"object_id\":1,\"options\":{\"table_type\":\"WHAT\"}}"
            })
    void tellsDamagedBytes(String bytes) {
        TableId id = new TableId("app", "damaged");
        write(id, bytes);
        assertThatThrownBy(() -> tables.find(id))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
    }

    @Test
    void refusesNewerFormats() {
        TableId id = new TableId("app", "newer");
        write(id, "{\"format\":2}");
        assertThatThrownBy(() -> tables.find(id))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_NOT_OPENABLE))
                .hasMessageContaining("open the database with the version of KalamDB that wrote it, got: 2");
    }

    @Test
    void keepsNamespacesApartAndInOrder() {
        RandomDefinitions random = new RandomDefinitions(1);
        List<TableId> ids = List.of(
                new TableId("a", "x"),
                new TableId("a", "y"),
                new TableId("a", "😀"),
                new TableId("ab", "a"),
                new TableId("b", "a"),
                new TableId("\uFFFD", "a"),
                new TableId("😀", "a"));
        for (TableId id : List.of(ids.get(3), ids.get(6), ids.get(0), ids.get(5), ids.get(4), ids.get(2), ids.get(1))) {
            tables.put(random.table(id));
        }
        namespaces.put(new NamespaceDefinition("a", Instant.EPOCH, Map.of()));
        assertThat(tables.all())
                .extracting(TableDefinition::id)
                .containsExactlyElementsOf(ids)
                .isSorted();
        assertThat(tables.ids()).containsExactlyElementsOf(ids);
        assertThat(tables.inNamespace("a"))
                .extracting(TableDefinition::id)
                .containsExactlyElementsOf(ids.subList(0, 3));
        tables.delete(ids.get(1));
        assertThat(tables.idsInNamespace("a")).containsExactly(ids.get(0), ids.get(2));
        assertThat(tables.contains(ids.get(1))).isFalse();
    }

    private void write(TableId id, String json) {
        store.write(new WriteBatch().put(CatalogKeys.table(CatalogKeys.space("table"), id), json.getBytes(UTF_8)));
    }
}
