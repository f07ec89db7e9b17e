// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.Constraint.ForeignKey;
import org.kalamdb.schema.Constraint.ReferentialAction;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.schema.TableType;
import org.kalamdb.type.KalamDataType;

/** Both sides of a foreign key know of it, whichever of them changes; and numbers of indexes are never lost. */
final class ForeignKeyTiesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TableId PARENT = new TableId("main", "parent");
    private static final TableId CHILD = new TableId("main", "child");

    private final KeyValueStore store = new InMemoryKeyValueStore();
    private Catalog catalog = open();

    private Catalog open() {
        return Catalog.open(store, Clock.fixed(NOW, ZoneOffset.UTC), 10);
    }

    @BeforeEach
    void createTables() {
        catalog.createTable(TableDefinition.createWithDefaults(
                PARENT,
                catalog.nextObjectId(),
                TableType.SHARED,
                List.of(ColumnDefinition.primaryKey("id", 1, KalamDataType.INT)),
                NOW));
        catalog.createTable(TableDefinition.create(
                CHILD,
                catalog.nextObjectId(),
                TableType.SHARED,
                List.of(ColumnDefinition.simple("p", 1, KalamDataType.INT)),
                TableOptions.shared(),
                StorageSettings.DEFAULT,
                List.of(new ForeignKey(
                        "fk",
                        List.of("p"),
                        PARENT,
                        List.of("id"),
                        ReferentialAction.NO_ACTION,
                        ReferentialAction.CASCADE)),
                null,
                NOW));
    }

    private ForeignKey key(TableId child) {
        return catalog.requireTable(child).constraints(ForeignKey.class).get(0);
    }

    @Test
    void followsNamesAndSurvivesRestarts() {
        assertThat(catalog.requireTable(PARENT).referencedBy()).containsExactly(CHILD);
        TableId renamed = new TableId("main", "renamed");
        catalog.alterTable(PARENT, table -> table.renameColumn("id", "key", NOW));
        catalog.alterTable(PARENT, table -> table.rename(renamed, NOW));
        catalog = open();

        assertThat(key(CHILD).referencedTable()).isEqualTo(renamed);
        assertThat(key(CHILD).referencedColumns()).containsExactly("key");

        TableId kid = new TableId("main", "kid");
        catalog.alterTable(CHILD, table -> table.rename(kid, NOW));
        catalog = open();
        assertThat(catalog.requireTable(renamed).referencedBy()).containsExactly(kid);
        catalog.alterTable(kid, table -> table.dropConstraint("fk", NOW));
        assertThat(catalog.requireTable(renamed).referencedBy()).isEmpty();
    }

    @Test
    void refusesToDropWhatIsReferencedUnlessTheKeysGoToo() {
        assertThatThrownBy(() -> catalog.dropTable(PARENT))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEPENDENT_OBJECTS))
                .hasMessageContaining("foreign key \"fk\" of table main.child");
        assertThat(catalog.findTable(PARENT)).isPresent();

        catalog.dropTables(List.of(PARENT), DropBehavior.CASCADE);
        assertThat(catalog.requireTable(CHILD).constraints()).isEmpty();
    }

    @Test
    void dropsBothSidesTogether() {
        catalog.dropTables(List.of(PARENT, CHILD), DropBehavior.RESTRICT);
        assertThat(catalog.findTable(PARENT)).isEmpty();
        assertThat(catalog.findTable(CHILD)).isEmpty();
    }

    @Test
    void dropsKeysOfOthersInTheSameWrite() {
        catalog.alterTable(
                PARENT,
                table -> table.withComment("without", NOW),
                () -> new Dependents(Map.of(CHILD, Set.of("fk")), Set.of()));
        assertThat(catalog.requireTable(CHILD).constraints()).isEmpty();
        assertThat(catalog.requireTable(PARENT).referencedBy()).isEmpty();
        assertThat(catalog.requireTable(PARENT).comment()).isEqualTo("without");
    }

    @Test
    void remembersIndexesWithoutADefinition() {
        long indexId = catalog.reserveIndexId();
        catalog = open();
        assertThat(unusedIndexes()).containsExactly(indexId);

        IndexDefinition index = new IndexDefinition(indexId, "child_p_key", List.of("p"), true);
        catalog.alterTable(
                CHILD, table -> table.addUnique(new Constraint.Unique("child_p_key", List.of("p")), index, NOW));
        assertThat(unusedIndexes()).isEmpty();
        assertThatThrownBy(() -> catalog.alterTable(CHILD, table -> table.dropIndex("child_p_key", NOW)))
                .hasMessageContaining("drop the constraint instead");

        catalog.alterTable(CHILD, table -> table.dropConstraint("child_p_key", NOW));
        assertThat(catalog.requireTable(CHILD).indexes()).isEmpty();
        assertThat(unusedIndexes()).containsExactly(indexId);
        catalog.forgetUnusedIndex(indexId);
        assertThat(unusedIndexes()).isEmpty();
    }

    private List<Long> unusedIndexes() {
        try (Stream<Long> unused = catalog.unusedIndexes()) {
            return unused.toList();
        }
    }
}
