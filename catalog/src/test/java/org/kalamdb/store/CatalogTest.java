// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.system.SystemTables;
import org.kalamdb.type.KalamDataType;

final class CatalogTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TableId MESSAGES = new TableId("app", "messages");

    private final InMemoryKeyValueStore store = new InMemoryKeyValueStore();
    private Catalog catalog = open();

    @BeforeEach
    void createNamespace() {
        catalog.createNamespace(namespace("app"));
    }

    @Test
    void startsWithMainAndTheSystemNamespaces() {
        Catalog fresh = Catalog.open(new InMemoryKeyValueStore());
        assertThat(fresh.namespaces())
                .extracting(NamespaceDefinition::name)
                .containsExactly("information_schema", "main", "system");
        assertThat(fresh.requireTable(SystemTables.USERS.id())).isSameAs(SystemTables.USERS);
        assertThat(fresh.tables()).isEmpty();
    }

    @Test
    void findsWhatWasCreatedAlsoAfterReopening() {
        TableDefinition table = create(MESSAGES);
        ViewDefinition view = view(new TableId("app", "v"));
        catalog.createView(view, false);
        assertThat(catalog.requireTable(MESSAGES)).isEqualTo(table);
        catalog = open();
        assertThat(catalog.requireTable(MESSAGES)).isEqualTo(table);
        assertThat(catalog.requireView(view.id())).isEqualTo(view);
        assertThat(catalog.namespaces())
                .extracting(NamespaceDefinition::name)
                .containsExactly("app", "information_schema", "main", "system");
        assertThat(catalog.requireNamespace("main").createdAt()).isEqualTo(NOW);
    }

    @Test
    void refusesNamesThatAreTaken() {
        create(MESSAGES);
        catalog.createView(view(new TableId("app", "v")), false);
        assertFails(() -> create(MESSAGES), ErrorCode.TABLE_EXISTS, "Table app.messages already exists");
        assertFails(
                () -> create(new TableId("app", "v")), ErrorCode.TABLE_EXISTS, "Table app.v already exists as a view");
        assertFails(
                () -> catalog.createView(view(MESSAGES), true),
                ErrorCode.TABLE_EXISTS,
                "Table app.messages already exists");
        assertFails(
                () -> catalog.createView(view(new TableId("app", "v")), false),
                ErrorCode.TABLE_EXISTS,
                "Table app.v already exists as a view");
        catalog.createView(view(new TableId("app", "v")).withComment("replaced"), true);
        assertThat(catalog.requireView(new TableId("app", "v")).comment()).isEqualTo("replaced");
        assertFails(
                () -> catalog.createNamespace(namespace("app")),
                ErrorCode.NAMESPACE_EXISTS,
                "Namespace app already exists");
    }

    @Test
    void protectsWhatIsTheEngines() {
        for (String reserved : List.of("system", "information_schema", "sys", "pg_catalog")) {
            assertFails(
                    () -> catalog.createNamespace(namespace(reserved)),
                    ErrorCode.RESERVED_NAME,
                    "Cannot create namespace " + reserved);
        }
        assertFails(() -> create(new TableId("system", "mine")), ErrorCode.PERMISSION_DENIED, "namespace system");
        assertFails(() -> catalog.dropTable(SystemTables.USERS.id()), ErrorCode.PERMISSION_DENIED, "namespace system");
        assertFails(
                () -> catalog.alterTable(SystemTables.USERS.id(), table -> table.withComment("x", NOW)),
                ErrorCode.PERMISSION_DENIED,
                "namespace system");
        assertFails(
                () -> catalog.createView(view(new TableId("information_schema", "v")), false),
                ErrorCode.PERMISSION_DENIED,
                "namespace information_schema");
        assertFails(
                () -> catalog.dropNamespace("system", DropBehavior.CASCADE),
                ErrorCode.PERMISSION_DENIED,
                "drop namespace");
        assertFails(
                () -> catalog.dropNamespace("main", DropBehavior.CASCADE),
                ErrorCode.PERMISSION_DENIED,
                "sessions start in it");
        assertFails(() -> catalog.alterNamespace("system", Map.of()), ErrorCode.PERMISSION_DENIED, "alter namespace");
    }

    @Test
    void suggestsNearNames() {
        create(MESSAGES);
        catalog.createView(view(new TableId("app", "latest")), false);
        assertNotFound(new TableId("app", "mesages"), "Table app.mesages does not exist, did you mean app.messages?");
        assertNotFound(
                new TableId("app", "Messages"), "Table app.\"Messages\" does not exist, did you mean app.messages?");
        assertNotFound(new TableId("app", "lastest"), "Table app.lastest does not exist, did you mean app.latest?");
        assertNotFound(
                new TableId("main", "messages"), "Table main.messages does not exist, did you mean app.messages?");
        assertNotFound(
                new TableId("none", "messages"), "Table none.messages does not exist, did you mean app.messages?");
        assertNotFound(new TableId("system", "user"), "Table system.user does not exist, did you mean system.users?");
        assertNotFound(new TableId("app", "zzz"), "Table app.zzz does not exist");
        assertFails(
                () -> catalog.requireNamespace("ap"),
                ErrorCode.NAMESPACE_NOT_FOUND,
                "Namespace ap does not exist, did you mean app?");
        assertFails(
                () -> create(new TableId("nowhere", "t")),
                ErrorCode.NAMESPACE_NOT_FOUND,
                "Namespace nowhere does not exist, create it first");
        assertFails(() -> catalog.requireView(MESSAGES), ErrorCode.TABLE_NOT_FOUND, "View app.messages does not exist");
    }

    @Test
    void altersOnTopOfWhatIsStored() {
        create(MESSAGES);
        TableDefinition altered = catalog.alterTable(
                MESSAGES, table -> table.addColumn(ColumnDefinition.simple("tag", 1, KalamDataType.TEXT), NOW));
        assertThat(altered.schemaVersion()).isEqualTo(2);
        assertThat(catalog.requireTable(MESSAGES)).isEqualTo(altered);
        assertThat(open().requireTable(MESSAGES)).isEqualTo(altered);
        assertThat(catalog.alterTable(MESSAGES, table -> table.withComment(null, NOW)))
                .isEqualTo(altered);
        assertFails(
                () -> catalog.alterTable(new TableId("app", "none"), table -> table),
                ErrorCode.TABLE_NOT_FOUND,
                "Table app.none does not exist");
        catalog.createView(view(new TableId("app", "v")), false);
        assertFails(
                () -> catalog.alterTable(new TableId("app", "v"), table -> table),
                ErrorCode.WRONG_OBJECT_TYPE,
                "app.v is not a table, it is a view");
    }

    @Test
    void leavesNothingOfAFailedChange() {
        TableDefinition table = create(MESSAGES);
        assertFails(
                () -> catalog.alterTable(MESSAGES, current -> current.dropColumn("id", NOW)),
                ErrorCode.INVALID_DEFINITION,
                "primary key");
        assertThat(catalog.requireTable(MESSAGES)).isEqualTo(table);
        assertThat(catalog.nextObjectId()).isGreaterThan(table.objectId());
    }

    @Test
    void renamesTables() {
        TableDefinition table = create(MESSAGES);
        create(new TableId("app", "taken"));
        TableId notes = new TableId("main", "notes");
        catalog.alterTable(MESSAGES, current -> current.rename(notes, NOW));
        assertThat(catalog.findTable(MESSAGES)).isEmpty();
        assertThat(catalog.requireTable(notes).objectId()).isEqualTo(table.objectId());
        assertFails(
                () -> catalog.alterTable(notes, current -> current.rename(new TableId("app", "taken"), NOW)),
                ErrorCode.TABLE_EXISTS,
                "Table app.taken already exists");
        assertThat(create(MESSAGES).objectId()).isGreaterThan(table.objectId());
    }

    @Test
    void remembersDroppedTablesUntilTheirRowsAreGone() {
        TableDefinition first = create(MESSAGES);
        assertThat(catalog.dropTable(MESSAGES)).isEqualTo(first);
        assertThat(catalog.findTable(MESSAGES)).isEmpty();
        TableDefinition second = create(MESSAGES);
        catalog.dropTable(MESSAGES);
        catalog = open();
        assertThat(catalog.droppedTables()).containsExactly(first, second);
        catalog.forgetDroppedTable(first.objectId());
        assertThat(catalog.droppedTables()).containsExactly(second);
    }

    @Test
    void dropsNamespacesByBehavior() {
        TableDefinition table = create(MESSAGES);
        catalog.createView(view(new TableId("app", "v")), false);
        catalog.createNamespace(namespace("appendix"));
        TableDefinition other = create(new TableId("appendix", "messages"));
        assertFails(
                () -> catalog.dropNamespace("app", DropBehavior.RESTRICT),
                ErrorCode.DEPENDENT_OBJECTS,
                "Cannot drop namespace app: it is not empty, it has app.messages; empty it first or use CASCADE");
        assertThat(catalog.dropNamespace("app", DropBehavior.CASCADE)).containsExactly(table);
        assertThat(catalog.findNamespace("app")).isEmpty();
        assertThat(catalog.findTable(MESSAGES)).isEmpty();
        assertThat(catalog.findView(new TableId("app", "v"))).isEmpty();
        assertThat(catalog.droppedTables()).containsExactly(table);
        assertThat(catalog.requireTable(other.id())).isEqualTo(other);
        catalog.createNamespace(namespace("empty"));
        assertThat(catalog.dropNamespace("empty", DropBehavior.RESTRICT)).isEmpty();
        assertFails(
                () -> catalog.dropNamespace("empty", DropBehavior.RESTRICT),
                ErrorCode.NAMESPACE_NOT_FOUND,
                "Namespace empty does not exist");
    }

    @Test
    void keepsIndexNamesUniqueInTheirNamespace() {
        create(MESSAGES);
        create(new TableId("app", "notes"));
        create(new TableId("main", "notes"));
        catalog.alterTable(MESSAGES, table -> table.addIndex(index("by_body"), NOW));
        assertFails(
                () -> catalog.alterTable(new TableId("app", "notes"), table -> table.addIndex(index("by_body"), NOW)),
                ErrorCode.INDEX_EXISTS,
                "Index by_body of namespace app already exists");
        assertThat(catalog.alterTable(new TableId("main", "notes"), table -> table.addIndex(index("by_body"), NOW))
                        .indexes())
                .hasSize(1);
    }

    @Test
    void neverReusesObjectIds() {
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            assertThat(ids.add(catalog.nextObjectId())).isTrue();
            if (i % 50 == 0) {
                catalog = open();
            }
        }
        assertThat(ids).allMatch(id -> id >= SystemTables.FIRST_USER_OBJECT_ID);
    }

    @Test
    void raisesItsVersionWithEveryChange() {
        long before = catalog.version();
        create(MESSAGES);
        long created = catalog.version();
        assertThat(created).isGreaterThan(before);
        catalog.alterTable(MESSAGES, table -> table.withComment("x", NOW));
        assertThat(catalog.version()).isGreaterThan(created);
    }

    @Test
    void altersNamespaceOptions() {
        catalog.alterNamespace("app", Map.of("region", "eu"));
        assertThat(open().requireNamespace("app").options()).isEqualTo(Map.of("region", "eu"));
    }

    @Test
    void listsTablesByNamespace() {
        create(MESSAGES);
        create(new TableId("main", "a"));
        try (Stream<TableId> ids = catalog.tableIds("app")) {
            assertThat(ids).containsExactly(MESSAGES);
        }
        assertThat(catalog.tableIds("system")).contains(SystemTables.USERS.id()).isSorted();
        assertThat(catalog.tables())
                .extracting(TableDefinition::id)
                .containsExactly(MESSAGES, new TableId("main", "a"));
        assertThat(catalog.tables("app", "mess", id -> true)).hasSize(1);
        assertThat(catalog.tables("app", "x", id -> true)).isEmpty();
    }

    private Catalog open() {
        return Catalog.open(store, Clock.fixed(NOW, ZoneOffset.UTC), 10);
    }

    private TableDefinition create(TableId id) {
        TableDefinition table = TableDefinition.createWithDefaults(
                id,
                catalog.nextObjectId(),
                TableType.SHARED,
                List.of(
                        ColumnDefinition.primaryKey("id", 1, KalamDataType.BIGINT),
                        ColumnDefinition.simple("body", 2, KalamDataType.TEXT)),
                NOW);
        catalog.createTable(table);
        return table;
    }

    private IndexDefinition index(String name) {
        // Inside a change the lock is held already and may be taken again.
        return new IndexDefinition(catalog.nextObjectId(), name, List.of("body"), false);
    }

    private static ViewDefinition view(TableId id) {
        return new ViewDefinition(
                id, "SELECT 1", "app", List.of(ColumnDefinition.simple("c", 1, KalamDataType.INT)), null, NOW);
    }

    private static NamespaceDefinition namespace(String name) {
        return new NamespaceDefinition(name, NOW, Map.of());
    }

    private void assertNotFound(TableId id, String message) {
        assertThatThrownBy(() -> catalog.requireTable(id))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND))
                .hasMessage(message);
    }

    private static void assertFails(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
