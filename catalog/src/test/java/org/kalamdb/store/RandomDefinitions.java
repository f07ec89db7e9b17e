// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.AccessLevel;
import org.kalamdb.schema.ColumnDefault;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.Compression;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.EvictionStrategy;
import org.kalamdb.schema.FlushPolicy;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.schema.TableType;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.ScalarType;

/** Valid definitions of every shape, the same for the same seed. Confined to one thread. */
public final class RandomDefinitions {
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);
    private final Random random;
    private long nextObjectId = 1000;

    public RandomDefinitions(long seed) {
        this.random = new Random(seed);
    }

    /** A table with a history of its own. */
    public TableDefinition table(TableId id) {
        Instant now = instant();
        List<ColumnDefinition> columns = columns();
        TableType type = TableType.values()[random.nextInt(3)];
        TableDefinition table = TableDefinition.create(
                id, nextObjectId++, type, columns, options(type), storage(), constraints(columns), text(), now);
        int changes = random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            table = changed(table, now.plusSeconds(i + 1L));
        }
        return table;
    }

    /** A view. */
    public ViewDefinition view(TableId id) {
        List<ColumnDefinition> columns = columns().stream()
                .map(column -> column.withPrimaryKey(false).withIdentity(null))
                .toList();
        return new ViewDefinition(id, "SELECT '" + name("q") + "'", name("s"), columns, text(), instant());
    }

    /** A namespace. */
    public NamespaceDefinition namespace(String name) {
        Map<String, String> options = random.nextBoolean() ? Map.of() : Map.of("region", name("r"), "empty", "");
        return new NamespaceDefinition(name, instant(), options);
    }

    private TableDefinition changed(TableDefinition table, Instant now) {
        ColumnDefinition last = table.columns().get(table.columns().size() - 1);
        switch (random.nextInt(7)) {
            case 0:
                return table.addColumn(column(1).withName(name("added")).withIdentity(null), now);
            case 1:
                return isUsed(table, last) ? table : table.renameColumn(last.name(), name("renamed"), now);
            case 2:
                return table.setDefault(last.name(), columnDefault(), now);
            case 3:
                return table.withComment(text(), now);
            case 4:
                return table.addIndex(
                        new IndexDefinition(nextObjectId++, name("index"), List.of(last.name()), random.nextBoolean()),
                        now);
            case 5:
                return table.withStorage(storage(), now);
            default:
                return table.columns().size() == 1 || isUsed(table, last) ? table : table.dropColumn(last.name(), now);
        }
    }

    private static boolean isUsed(TableDefinition table, ColumnDefinition column) {
        return table.constraints().stream()
                        .anyMatch(constraint -> constraint.columns().contains(column.name()))
                || table.indexes().stream().anyMatch(index -> index.columns().contains(column.name()));
    }

    private List<ColumnDefinition> columns() {
        List<ColumnDefinition> columns = new ArrayList<>();
        int count = 1 + random.nextInt(8);
        boolean identity = false;
        for (int i = 1; i <= count; i++) {
            ColumnDefinition column = column(i).withPrimaryKey(random.nextInt(4) == 0);
            columns.add(identity ? column.withIdentity(null) : column);
            identity |= column.identity() != null;
        }
        return columns;
    }

    private ColumnDefinition column(int ordinal) {
        KalamDataType type = type();
        boolean sized = type == KalamDataType.TEXT || type == KalamDataType.BYTES;
        boolean whole = type == KalamDataType.SMALLINT || type == KalamDataType.INT || type == KalamDataType.BIGINT;
        ColumnDefinition column = ColumnDefinition.simple(name("c"), ordinal, type)
                .withType(type, sized && random.nextBoolean() ? 1 + random.nextInt(1000) : null)
                .withNullable(random.nextBoolean())
                .withPartitionKey(random.nextInt(8) == 0)
                .withDefault(columnDefault())
                .withComment(text());
        if (random.nextInt(3) == 0) {
            column = column.withInitialDefault(new ColumnDefault.Literal(json(1)));
        }
        return whole && random.nextInt(3) == 0
                ? column.withIdentity(
                        new IdentityDefinition(random.nextBoolean(), random.nextLong(), 1 + random.nextInt(9)))
                : column;
    }

    private KalamDataType type() {
        int choice = random.nextInt(ScalarType.values().length + 2);
        if (choice == 0) {
            int precision = 1 + random.nextInt(38);
            return KalamDataType.decimal(precision, random.nextInt(precision + 1));
        }
        return choice == 1 ? KalamDataType.embedding(1 + random.nextInt(8192)) : ScalarType.values()[choice - 2];
    }

    private ColumnDefault columnDefault() {
        return switch (random.nextInt(4)) {
            case 0 -> ColumnDefault.NONE;
            case 1 ->
                new ColumnDefault.FunctionCall(name("f"), random.nextBoolean() ? List.of() : List.of(json(0), json(1)));
            default -> new ColumnDefault.Literal(json(2));
        };
    }

    private JsonNode json(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt());
            case 3 -> JSON.numberNode(random.nextLong());
            case 4 -> JSON.numberNode(new BigInteger(100, random));
            case 5 -> JSON.numberNode(new BigDecimal(new BigInteger(80, random), random.nextInt(20) - 5));
            case 6 -> JSON.numberNode(random.nextDouble());
            case 7 -> JSON.textNode(name("it's "));
            case 8 -> JSON.arrayNode().add(json(depth - 1)).add(json(depth - 1));
            default -> {
                ObjectNode object = JSON.objectNode();
                object.set("a", json(depth - 1));
                yield object;
            }
        };
    }

    private TableOptions options(TableType type) {
        Compression compression = Compression.values()[random.nextInt(Compression.values().length)];
        return switch (type) {
            case USER ->
                new TableOptions.User(random.nextBoolean(), random.nextInt(100), random.nextBoolean(), compression);
            case SHARED ->
                new TableOptions.Shared(
                        AccessLevel.values()[random.nextInt(AccessLevel.values().length)],
                        random.nextBoolean(),
                        random.nextInt(1000),
                        compression,
                        random.nextBoolean());
            case STREAM ->
                new TableOptions.Stream(
                        1 + random.nextInt(1000),
                        EvictionStrategy.values()[random.nextInt(EvictionStrategy.values().length)],
                        random.nextInt(1000),
                        random.nextBoolean(),
                        random.nextInt(100),
                        compression);
            case SYSTEM -> TableOptions.system();
        };
    }

    private StorageSettings storage() {
        FlushPolicy policy = switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> new FlushPolicy.RowLimit(1 + random.nextInt(1000));
            case 2 -> new FlushPolicy.TimeInterval(1 + random.nextInt(1000));
            default -> new FlushPolicy.Combined(1 + random.nextInt(1000), 1 + random.nextInt(1000));
        };
        return new StorageSettings(
                random.nextBoolean() ? "local" : "s3-archive_1",
                random.nextBoolean(),
                policy,
                random.nextBoolean() ? null : random.nextInt(1000));
    }

    private List<Constraint> constraints(List<ColumnDefinition> columns) {
        List<Constraint> constraints = new ArrayList<>();
        List<String> key = columns.stream()
                .filter(ColumnDefinition::primaryKey)
                .map(ColumnDefinition::name)
                .toList();
        if (!key.isEmpty()) {
            constraints.add(new Constraint.PrimaryKey(name("pk"), key));
        }
        List<String> first = List.of(columns.get(0).name());
        if (random.nextInt(3) == 0) {
            constraints.add(new Constraint.Unique(name("u"), first));
        }
        if (random.nextInt(3) == 0) {
            constraints.add(
                    new Constraint.Check(name("k"), first.get(0) + " > 0", random.nextBoolean() ? first : List.of()));
        }
        if (random.nextInt(3) == 0) {
            Constraint.ReferentialAction[] actions = Constraint.ReferentialAction.values();
            constraints.add(new Constraint.ForeignKey(
                    name("fk"),
                    first,
                    new TableId(name("ns"), name("t")),
                    List.of(name("c")),
                    actions[random.nextInt(actions.length)],
                    actions[random.nextInt(actions.length)]));
        }
        return constraints;
    }

    private String name(String prefix) {
        String[] suffixes = {"", " Mixed", "é", "日本", "😀", "\"", "'"};
        return prefix + suffixes[random.nextInt(suffixes.length)] + random.nextInt(1_000_000);
    }

    private @Nullable String text() {
        return random.nextInt(3) == 0 ? null : name("it's\n a comment ");
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }
}
