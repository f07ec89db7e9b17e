// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.KalamDataType;

final class TableDefinitionTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant T1 = Instant.parse("2026-01-02T00:00:00Z");
    private static final TableId ID = new TableId("app", "messages");

    private final TableDefinition table = TableDefinition.createWithDefaults(
            ID,
            1000,
            TableType.SHARED,
            List.of(
                    ColumnDefinition.primaryKey("id", 1, KalamDataType.BIGINT),
                    ColumnDefinition.simple("body", 2, KalamDataType.TEXT),
                    ColumnDefinition.simple("n", 3, KalamDataType.INT)),
            T0);

    @Test
    void startsWithVersionOneAndItsHistory() {
        assertThat(table.schemaVersion()).isEqualTo(1);
        assertThat(table.history()).containsExactly(new SchemaVersion(1, T0, "Initial schema", table.columns()));
        assertThat(table.nextColumnId()).isEqualTo(4);
        assertThat(table.qualifiedName()).isEqualTo("app.messages");
        assertThat(table.createdAt()).isEqualTo(T0);
        assertThat(table.updatedAt()).isEqualTo(T0);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(TableType.class)
    void choosesDefaultOptionsByType(TableType type) {
        TableDefinition created = TableDefinition.createWithDefaults(ID, 1000, type, table.columns(), T0);
        assertThat(created.options()).isEqualTo(TableOptions.defaults(type));
        assertThat(created.options().tableType()).isEqualTo(type);
    }

    @Test
    void findsColumnsByExactNameAndById() {
        assertThat(table.findColumn("body")).map(ColumnDefinition::columnId).contains(2L);
        assertThat(table.findColumn("Body")).isEmpty();
        assertThat(table.findColumnById(3)).map(ColumnDefinition::name).contains("n");
        assertThat(table.findColumnById(9)).isEmpty();
        assertFails(
                () -> table.requireColumn("Body"),
                ErrorCode.COLUMN_NOT_FOUND,
                "Column \"Body\" of table app.messages does not exist");
    }

    @Test
    void listsPrimaryKeyColumnsInKeyOrder() {
        TableDefinition composite = TableDefinition.create(
                ID,
                1000,
                TableType.SHARED,
                List.of(
                        ColumnDefinition.primaryKey("a", 1, KalamDataType.INT),
                        ColumnDefinition.simple("b", 2, KalamDataType.INT),
                        ColumnDefinition.primaryKey("c", 3, KalamDataType.INT)),
                TableOptions.shared(),
                StorageSettings.DEFAULT,
                List.of(new Constraint.PrimaryKey("pk", List.of("c", "a"))),
                null,
                T0);
        assertThat(composite.primaryKeyColumns())
                .extracting(ColumnDefinition::name)
                .containsExactly("c", "a");
    }

    @Test
    void refusesOrdinalsThatAreNotSequentialAtCreation() {
        List<ColumnDefinition> gap = List.of(
                ColumnDefinition.simple("a", 1, KalamDataType.INT), ColumnDefinition.simple("b", 3, KalamDataType.INT));
        assertFails(
                () -> TableDefinition.createWithDefaults(ID, 1000, TableType.SHARED, gap, T0),
                ErrorCode.INVALID_DEFINITION,
                "Invalid table app.messages: ordinal positions must be sequential from 1, column b expected 2, got: 3");
    }

    @Test
    void refusesOrdinalZeroAndDuplicates() {
        assertFails(
                () -> ColumnDefinition.simple("a", 1, KalamDataType.INT).withPosition(1, 0),
                ErrorCode.INVALID_DEFINITION,
                "Invalid column a: the ordinal position must be at least 1, got: 0");
        List<ColumnDefinition> twice = List.of(
                ColumnDefinition.simple("a", 1, KalamDataType.INT),
                ColumnDefinition.simple("b", 1, KalamDataType.INT).withPosition(2, 1));
        assertFails(() -> withColumns(twice), ErrorCode.INVALID_DEFINITION, "column b expected 2, got: 1");
        assertFails(
                () -> new ViewDefinition(ID, "SELECT 1", "app", twice, null, T0),
                ErrorCode.INVALID_DEFINITION,
                "ordinal positions must be unique and ascending, column b must be above 1, got: 1");
    }

    @Test
    void refusesNoColumnsAndTooManyColumns() {
        assertFails(() -> withColumns(List.of()), ErrorCode.INVALID_DEFINITION, "must have at least one column");
        List<ColumnDefinition> many = IntStream.rangeClosed(1, TableDefinition.MAX_COLUMNS + 1)
                .mapToObj(i -> ColumnDefinition.simple("c" + i, i, KalamDataType.INT))
                .toList();
        assertFails(() -> withColumns(many), ErrorCode.INVALID_DEFINITION, "at most 1600 columns, got: 1601");
        assertThat(withColumns(many.subList(0, 1600)).columns()).hasSize(1600);
    }

    @Test
    void refusesDuplicateAndReservedColumnNames() {
        assertFails(
                () -> withColumns(List.of(
                        ColumnDefinition.simple("a", 1, KalamDataType.INT),
                        ColumnDefinition.simple("a", 2, KalamDataType.INT))),
                ErrorCode.COLUMN_EXISTS,
                "Column a of table app.messages is specified more than once");
        for (String reserved : List.of("_seq", "_deleted", "_id", "_anything")) {
            assertFails(
                    () -> withColumns(List.of(ColumnDefinition.simple(reserved, 1, KalamDataType.INT))),
                    ErrorCode.RESERVED_NAME,
                    "Column name " + reserved + " of table app.messages is reserved");
        }
        assertThat(withColumns(List.of(
                                ColumnDefinition.simple("a", 1, KalamDataType.INT),
                                ColumnDefinition.simple("A", 2, KalamDataType.INT)))
                        .columns())
                .hasSize(2);
    }

    @Test
    void refusesKeysThatDisagreeWithTheirFlags() {
        List<ColumnDefinition> columns = List.of(ColumnDefinition.simple("a", 1, KalamDataType.INT));
        assertFails(
                () -> create(columns, List.of(new Constraint.PrimaryKey("pk", List.of("a")))),
                ErrorCode.INVALID_DEFINITION,
                "the primary key is [a], but flagged are the columns []");
        assertFails(
                () -> create(List.of(ColumnDefinition.primaryKey("a", 1, KalamDataType.INT)), List.of()),
                ErrorCode.INVALID_DEFINITION,
                "the columns [a] are flagged as primary key");
        assertFails(
                () -> new ColumnDefinition(
                        1,
                        "a",
                        1,
                        KalamDataType.INT,
                        null,
                        true,
                        true,
                        false,
                        ColumnDefault.NONE,
                        ColumnDefault.NONE,
                        null,
                        null),
                ErrorCode.INVALID_DEFINITION,
                "a primary key column must be NOT NULL");
    }

    @Test
    void refusesOptionsOfAnotherType() {
        assertFails(
                () -> table.withOptions(TableOptions.user(), T1),
                ErrorCode.INVALID_DEFINITION,
                "a SHARED table needs options of its type, got: USER");
    }

    @Test
    void allowsOneIdentityColumnOfAnIntegerType() {
        IdentityDefinition identity = new IdentityDefinition(true, 1, 1);
        ColumnDefinition first =
                ColumnDefinition.simple("a", 1, KalamDataType.BIGINT).withIdentity(identity);
        assertThat(withColumns(List.of(first)).columns()).hasSize(1);
        assertFails(
                () -> withColumns(List.of(
                        first,
                        ColumnDefinition.simple("b", 2, KalamDataType.INT).withIdentity(identity))),
                ErrorCode.INVALID_DEFINITION,
                "at most one identity column, got: 2");
        assertFails(
                () -> ColumnDefinition.simple("b", 2, KalamDataType.TEXT).withIdentity(identity),
                ErrorCode.INVALID_DEFINITION,
                "must be SMALLINT, INT or BIGINT, got: TEXT");
    }

    @Test
    void refusesHistoryThatDoesNotEndWithItsVersion() {
        assertFails(
                () -> new TableDefinition(
                        ID,
                        1000,
                        TableType.SHARED,
                        table.columns(),
                        2,
                        table.history(),
                        table.options(),
                        table.storage(),
                        table.constraints(),
                        table.indexes(),
                        table.referencedBy(),
                        4,
                        null,
                        T0,
                        T0),
                ErrorCode.INVALID_DEFINITION,
                "the schema history must end with version 2, got: 1");
    }

    @Test
    void addsColumnsBehindTheOthers() {
        TableDefinition added = table.addColumn(
                ColumnDefinition.simple("tag", 77, KalamDataType.TEXT).withType(KalamDataType.TEXT, 20), T1);
        ColumnDefinition tag = added.requireColumn("tag");
        assertThat(tag.ordinalPosition()).isEqualTo(4);
        assertThat(tag.columnId()).isEqualTo(4);
        assertThat(added.schemaVersion()).isEqualTo(2);
        assertThat(added.nextColumnId()).isEqualTo(5);
        assertThat(added.updatedAt()).isEqualTo(T1);
        assertThat(added.createdAt()).isEqualTo(T0);
        assertThat(added.history())
                .extracting(SchemaVersion::changes)
                .containsExactly("Initial schema", "Added column tag VARCHAR(20)");
        assertThat(added.columnsAtVersion(1)).isEqualTo(table.columns());
        assertThat(added.columnsAtVersion(2)).isEqualTo(added.columns());
        assertFails(
                () -> added.columnsAtVersion(3),
                ErrorCode.INVALID_PARAMETER,
                "Table app.messages has the schema versions 1 to 2, got: 3");
        assertFails(
                () -> added.addColumn(ColumnDefinition.simple("tag", 1, KalamDataType.INT), T1),
                ErrorCode.COLUMN_EXISTS,
                "Column tag of table app.messages already exists");
    }

    @Test
    void dropsColumnsWithoutRenumberingAndNeverReusesIds() {
        TableDefinition dropped = table.dropColumn("body", T1);
        assertThat(dropped.columns())
                .extracting(ColumnDefinition::ordinalPosition)
                .containsExactly(1, 3);
        TableDefinition again = dropped.addColumn(ColumnDefinition.simple("body", 1, KalamDataType.JSON), T1);
        assertThat(again.requireColumn("body").ordinalPosition()).isEqualTo(4);
        assertThat(again.requireColumn("body").columnId()).isEqualTo(4);
        TableDefinition lastGone =
                again.dropColumn("body", T1).addColumn(ColumnDefinition.simple("late", 1, KalamDataType.INT), T1);
        assertThat(lastGone.requireColumn("late").columnId()).isEqualTo(5);
        assertThat(lastGone.requireColumn("late").ordinalPosition()).isEqualTo(4);
        assertThat(lastGone.schemaVersion()).isEqualTo(5);
        assertThat(lastGone.history()).hasSize(5);
    }

    @Test
    void refusesToDropKeyUsedAndLastColumns() {
        assertFails(() -> table.dropColumn("id", T1), ErrorCode.INVALID_DEFINITION, "it is part of the primary key");
        TableDefinition indexed = table.addIndex(new IndexDefinition(1001, "by_n", List.of("n"), false), T1);
        assertFails(() -> indexed.dropColumn("n", T1), ErrorCode.DEPENDENT_OBJECTS, "index by_n uses it");
        TableDefinition checked = table.addConstraint(new Constraint.Check("positive", "n > 0", List.of("n")), T1);
        assertFails(() -> checked.dropColumn("n", T1), ErrorCode.DEPENDENT_OBJECTS, "constraint positive uses it");
        assertFails(
                () -> checked.renameColumn("n", "m", T1), ErrorCode.DEPENDENT_OBJECTS, "constraint positive uses it");
        TableDefinition single = withColumns(List.of(ColumnDefinition.simple("a", 1, KalamDataType.INT)));
        assertFails(() -> single.dropColumn("a", T1), ErrorCode.INVALID_DEFINITION, "it is the last column");
    }

    @Test
    void renamesColumnsWithTheirKeysAndIndexes() {
        TableDefinition renamed = table.addIndex(new IndexDefinition(1001, "by_id", List.of("n", "id"), true), T1)
                .renameColumn("id", "Key", T1);
        assertThat(renamed.requireColumn("Key").columnId()).isEqualTo(1);
        assertThat(renamed.primaryKeyColumns())
                .extracting(ColumnDefinition::name)
                .containsExactly("Key");
        assertThat(renamed.indexes().get(0).columns()).containsExactly("n", "Key");
        assertThat(renamed.history().get(2).changes()).isEqualTo("Renamed column id to \"Key\"");
        assertFails(() -> table.renameColumn("id", "body", T1), ErrorCode.COLUMN_EXISTS, "already exists");
        assertFails(() -> table.renameColumn("id", "_x", T1), ErrorCode.RESERVED_NAME, "is reserved");
    }

    @Test
    void keepsTheInstanceWhenNothingChanges() {
        TableDefinition same = table.renameColumn("id", "id", T1)
                .modifyColumn("n", KalamDataType.INT, null, true, T1)
                .setNotNull("id", T1)
                .dropNotNull("n", T1)
                .dropDefault("n", T1)
                .withComment(null, T1)
                .withColumnComment("n", null, T1)
                .withOptions(TableOptions.shared(), T1)
                .withStorage(StorageSettings.DEFAULT, T1)
                .rename(ID, T1);
        assertThat(same).isSameAs(table);
    }

    @Test
    void recordsEveryChangeInHistory() {
        TableDefinition changed = table.setDefault("n", new ColumnDefault.Literal(IntNode.valueOf(7)), T1)
                .dropDefault("n", T1)
                .setNotNull("n", T1)
                .dropNotNull("n", T1)
                .modifyColumn("n", KalamDataType.BIGINT, null, false, T1)
                .withComment("all messages", T1)
                .withColumnComment("n", "how many", T1)
                .withOptions(TableOptions.shared().withAccessLevel(AccessLevel.PUBLIC), T1)
                .withStorage(StorageSettings.DEFAULT.withFlushPolicy(FlushPolicy.defaultPolicy()), T1)
                .addIndex(new IndexDefinition(1001, "by_n", List.of("n"), false), T1)
                .dropIndex("by_n", T1)
                .addConstraint(new Constraint.Unique("u", List.of("n")), T1)
                .dropConstraint("u", T1)
                .rename(new TableId("app", "notes"), T1)
                .rename(new TableId("main", "notes"), T1);
        assertThat(changed.history())
                .extracting(SchemaVersion::changes)
                .containsExactly(
                        "Initial schema",
                        "Set default of column n to 7",
                        "Dropped default of column n",
                        "Set NOT NULL of column n",
                        "Dropped NOT NULL of column n",
                        "Modified column n to BIGINT NOT NULL",
                        "Changed comment",
                        "Changed comment of column n",
                        "Changed options",
                        "Changed storage settings",
                        "Added index by_n",
                        "Dropped index by_n",
                        "Added constraint u",
                        "Dropped constraint u",
                        "Renamed table messages to notes",
                        "Renamed table app.notes to main.notes");
        assertThat(changed.schemaVersion()).isEqualTo(16);
        assertThat(changed.objectId()).isEqualTo(1000);
        for (SchemaVersion version : changed.history()) {
            assertThat(changed.columnsAtVersion(version.version())).isEqualTo(version.columns());
        }
    }

    @Test
    void keepsPrimaryKeyColumnsNotNullAndTheirType() {
        assertFails(() -> table.dropNotNull("id", T1), ErrorCode.INVALID_DEFINITION, "part of the primary key");
        assertFails(
                () -> table.modifyColumn("id", KalamDataType.BIGINT, null, true, T1),
                ErrorCode.INVALID_DEFINITION,
                "part of the primary key");
        assertFails(
                () -> table.modifyColumn("id", KalamDataType.decimal(19, 0), null, false, T1),
                ErrorCode.DEPENDENT_OBJECTS,
                "constraint messages_pkey uses it");
    }

    @Test
    void allowsExactlyTheWidenings() {
        List<KalamDataType> types = new ArrayList<>(List.of(
                KalamDataType.BOOLEAN,
                KalamDataType.SMALLINT,
                KalamDataType.INT,
                KalamDataType.BIGINT,
                KalamDataType.FLOAT,
                KalamDataType.DOUBLE,
                KalamDataType.TEXT,
                KalamDataType.BYTES,
                KalamDataType.JSON,
                KalamDataType.UUID,
                KalamDataType.DATE,
                KalamDataType.TIME,
                KalamDataType.TIMESTAMP,
                KalamDataType.DATETIME,
                KalamDataType.embedding(3),
                KalamDataType.embedding(4),
                KalamDataType.decimal(4, 0),
                KalamDataType.decimal(7, 2),
                KalamDataType.decimal(12, 2),
                KalamDataType.decimal(21, 2)));
        List<String> allowed = new ArrayList<>();
        for (KalamDataType from : types) {
            TableDefinition start = withColumns(List.of(ColumnDefinition.simple("c", 1, from)));
            for (KalamDataType to : types) {
                if (from.equals(to)) {
                    continue;
                }
                try {
                    TableDefinition widened = start.modifyColumn("c", to, null, true, T1);
                    assertThat(widened.requireColumn("c").dataType()).isEqualTo(to);
                    allowed.add(from + " -> " + to);
                } catch (KalamException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
                    assertThat(e).hasMessageContaining("from " + from + " to " + to + ": allowed is ");
                }
            }
        }
        assertThat(allowed)
                .containsExactlyInAnyOrder(
                        "SMALLINT -> INT",
                        "SMALLINT -> BIGINT",
                        "SMALLINT -> DECIMAL(7, 2)",
                        "SMALLINT -> DECIMAL(12, 2)",
                        "SMALLINT -> DECIMAL(21, 2)",
                        "INT -> BIGINT",
                        "INT -> DECIMAL(12, 2)",
                        "INT -> DECIMAL(21, 2)",
                        "BIGINT -> DECIMAL(21, 2)",
                        "FLOAT -> DOUBLE",
                        "JSON -> TEXT",
                        "DECIMAL(4, 0) -> DECIMAL(7, 2)",
                        "DECIMAL(4, 0) -> DECIMAL(12, 2)",
                        "DECIMAL(4, 0) -> DECIMAL(21, 2)",
                        "DECIMAL(7, 2) -> DECIMAL(12, 2)",
                        "DECIMAL(7, 2) -> DECIMAL(21, 2)",
                        "DECIMAL(12, 2) -> DECIMAL(21, 2)");
    }

    @Test
    void allowsOnlyLargerLengths() {
        TableDefinition limited = withColumns(
                List.of(ColumnDefinition.simple("c", 1, KalamDataType.TEXT).withType(KalamDataType.TEXT, 10)));
        assertThat(limited.modifyColumn("c", KalamDataType.TEXT, 20, true, T1)
                        .requireColumn("c")
                        .maxLength())
                .isEqualTo(20);
        assertThat(limited.modifyColumn("c", KalamDataType.TEXT, null, true, T1)
                        .requireColumn("c")
                        .maxLength())
                .isNull();
        assertFails(
                () -> limited.modifyColumn("c", KalamDataType.TEXT, 9, true, T1),
                ErrorCode.TYPE_MISMATCH,
                "Cannot change the length of column c from 10 to 9: allowed is a larger length or none");
        assertFails(
                () -> table.modifyColumn("body", KalamDataType.TEXT, 9, true, T1),
                ErrorCode.TYPE_MISMATCH,
                "from unlimited to 9");
    }

    private TableDefinition withColumns(List<ColumnDefinition> columns) {
        return TableDefinition.createWithDefaults(ID, 1000, TableType.SHARED, columns, T0);
    }

    private TableDefinition create(List<ColumnDefinition> columns, List<Constraint> constraints) {
        return TableDefinition.create(
                ID,
                1000,
                TableType.SHARED,
                columns,
                TableOptions.shared(),
                StorageSettings.DEFAULT,
                constraints,
                null,
                T0);
    }

    private static void assertFails(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
