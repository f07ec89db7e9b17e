// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import static org.kalamdb.introspection.Introspection.CATALOG_NAME;
import static org.kalamdb.introspection.RowValues.yesNo;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.Constraint;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.StorageSettings;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableOptions;
import org.kalamdb.schema.TableType;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.store.Catalog;
import org.kalamdb.system.SystemTables;
import org.kalamdb.type.TypeKind;
import org.kalamdb.type.TypeMapping;

/** The rows of the tables of {@code information_schema}. Safe for use by several threads. */
final class InformationSchemaRows {
    private final Catalog catalog;
    private final Relations relations;
    private final Supplier<List<RoutineInfo>> routines;

    InformationSchemaRows(Catalog catalog, Relations relations, Supplier<List<RoutineInfo>> routines) {
        this.catalog = catalog;
        this.relations = relations;
        this.routines = routines;
    }

    Optional<IntrospectionTable> find(TableId id, NamePattern namespace, NamePattern table) {
        if (id.equals(SystemTables.INFORMATION_SCHEMA_SCHEMATA.id())) {
            return found(
                    SystemTables.INFORMATION_SCHEMA_SCHEMATA,
                    () -> catalog.namespaces().stream()
                            .filter(definition -> namespace.matches(definition.name()))
                            .map(InformationSchemaRows::schemaRow));
        }
        if (id.equals(SystemTables.INFORMATION_SCHEMA_TABLES.id())) {
            return found(
                    SystemTables.INFORMATION_SCHEMA_TABLES,
                    () -> relations.matching(namespace, table).map(InformationSchemaRows::tableRow));
        }
        if (id.equals(SystemTables.INFORMATION_SCHEMA_COLUMNS.id())) {
            return found(
                    SystemTables.INFORMATION_SCHEMA_COLUMNS,
                    () -> relations.matching(namespace, table).flatMap(InformationSchemaRows::columnRows));
        }
        if (id.equals(SystemTables.INFORMATION_SCHEMA_VIEWS.id())) {
            return found(
                    SystemTables.INFORMATION_SCHEMA_VIEWS,
                    () -> relations
                            .matching(namespace, table, RelationKind.VIEW)
                            .map(relation -> viewRow(((Relation.OfView) relation).view())));
        }
        if (id.equals(SystemTables.INFORMATION_SCHEMA_TABLE_CONSTRAINTS.id())) {
            return found(
                    SystemTables.INFORMATION_SCHEMA_TABLE_CONSTRAINTS,
                    () -> relations.tables(namespace, table).flatMap(InformationSchemaRows::constraintRows));
        }
        if (id.equals(SystemTables.INFORMATION_SCHEMA_KEY_COLUMN_USAGE.id())) {
            return found(
                    SystemTables.INFORMATION_SCHEMA_KEY_COLUMN_USAGE,
                    () -> relations
                            .tables(namespace, table)
                            .flatMap(definition -> definition.constraints().stream()
                                    .flatMap(constraint -> keyColumnRows(definition, constraint))));
        }
        if (id.equals(SystemTables.INFORMATION_SCHEMA_REFERENTIAL_CONSTRAINTS.id())) {
            return found(
                    SystemTables.INFORMATION_SCHEMA_REFERENTIAL_CONSTRAINTS,
                    () -> relations
                            .tables(namespace, table)
                            .flatMap(definition -> definition.constraints(Constraint.ForeignKey.class).stream()
                                    .map(key -> foreignKeyRow(definition, key))));
        }
        if (id.equals(SystemTables.INFORMATION_SCHEMA_CHECK_CONSTRAINTS.id())) {
            return found(
                    SystemTables.INFORMATION_SCHEMA_CHECK_CONSTRAINTS,
                    () -> relations
                            .tables(namespace, table)
                            .flatMap(definition -> definition.constraints(Constraint.Check.class).stream()
                                    .map(check -> checkRow(definition, check))));
        }
        if (id.equals(SystemTables.INFORMATION_SCHEMA_SEQUENCES.id())) {
            return found(
                    SystemTables.INFORMATION_SCHEMA_SEQUENCES,
                    () -> catalog.sequences()
                            .filter(sequence -> namespace.matches(sequence.id().namespace()))
                            .map(InformationSchemaRows::sequenceRow));
        }
        if (id.equals(SystemTables.INFORMATION_SCHEMA_ROUTINES.id())) {
            return found(
                    SystemTables.INFORMATION_SCHEMA_ROUTINES,
                    () -> routines.get().stream().map(InformationSchemaRows::routineRow));
        }
        if (id.equals(SystemTables.INFORMATION_SCHEMA_PARAMETERS.id())) {
            return found(
                    SystemTables.INFORMATION_SCHEMA_PARAMETERS,
                    () -> routines.get().stream().flatMap(InformationSchemaRows::parameterRows));
        }
        return Optional.empty();
    }

    private static Optional<IntrospectionTable> found(
            TableDefinition definition, Supplier<Stream<@Nullable Object[]>> rows) {
        return Optional.of(IntrospectionTable.of(definition, rows));
    }

    private static @Nullable Object[] schemaRow(NamespaceDefinition namespace) {
        return new @Nullable Object[] {CATALOG_NAME, namespace.name(), null, null, null, "UTF8", null};
    }

    private static @Nullable Object[] tableRow(Relation relation) {
        TableInfo info = relation.info();
        TableDefinition table = relation instanceof Relation.OfTable ofTable ? ofTable.table() : null;
        StorageSettings storage = table == null ? null : table.storage();
        boolean insertable = table != null && table.type() != TableType.SYSTEM;
        return new @Nullable Object[] {
            CATALOG_NAME,
            info.id().namespace(),
            info.id().name(),
            tableType(info.tableType()),
            info.id().key(),
            RowValues.timestamp(info.createdAt()),
            RowValues.timestamp(info.updatedAt()),
            info.schemaVersion(),
            storage == null ? null : storage.storageId(),
            storage == null ? null : storage.useUserStorage(),
            storage == null ? null : storage.deletedRetentionHours(),
            table != null && table.options() instanceof TableOptions.Stream stream ? stream.ttlSeconds() : null,
            yesNo(insertable),
            info.comment()
        };
    }

    private static String tableType(@Nullable TableType type) {
        if (type == null) {
            return "VIEW";
        }
        return switch (type) {
            case USER, SHARED -> "BASE TABLE";
            case STREAM -> "STREAM TABLE";
            case SYSTEM -> "SYSTEM VIEW";
        };
    }

    private static Stream<@Nullable Object[]> columnRows(Relation relation) {
        boolean updatable = relation instanceof Relation.OfTable ofTable
                && (ofTable.table().type() == TableType.USER || ofTable.table().type() == TableType.SHARED);
        return relation.columns().map(column -> columnRow(column, updatable));
    }

    private static @Nullable Object[] columnRow(ColumnInfo column, boolean updatable) {
        TypeKind kind = column.dataType().kind();
        boolean isTime = kind == TypeKind.TIME || kind == TypeKind.TIMESTAMP || kind == TypeKind.DATETIME;
        boolean isText = kind == TypeKind.TEXT || kind == TypeKind.BYTES;
        Integer octets = column.charOctetLength();
        IdentityDefinition identity = column.identity();
        return new @Nullable Object[] {
            CATALOG_NAME,
            column.table().namespace(),
            column.table().name(),
            column.name(),
            column.ordinalPosition(),
            column.sqlTypeName(),
            column.nullable(),
            column.defaultText(),
            column.isPrimaryKey(),
            isText ? column.maxLength() : null,
            octets == null ? null : Long.valueOf(octets),
            column.radix() == null ? null : column.columnSize(),
            column.radix(),
            column.radix() == null ? null : column.decimalDigits(),
            isTime ? column.decimalDigits() : null,
            yesNo(identity != null),
            identity == null ? null : identity.always() ? "ALWAYS" : "BY DEFAULT",
            identity == null ? null : Long.toString(identity.start()),
            identity == null ? null : Long.toString(identity.increment()),
            "NEVER",
            null,
            yesNo(updatable),
            column.comment()
        };
    }

    private static @Nullable Object[] viewRow(ViewDefinition view) {
        return new @Nullable Object[] {
            CATALOG_NAME, view.id().namespace(), view.id().name(), view.query(), "NONE", "NO"
        };
    }

    private static Stream<@Nullable Object[]> constraintRows(TableDefinition table) {
        return table.constraints().stream().map(constraint -> new @Nullable Object[] {
            CATALOG_NAME,
            table.id().namespace(),
            constraint.name(),
            CATALOG_NAME,
            table.id().namespace(),
            table.id().name(),
            constraintType(constraint),
            "NO",
            "NO"
        });
    }

    private @Nullable Object[] foreignKeyRow(TableDefinition table, Constraint.ForeignKey key) {
        String referencedKey = catalog.findTable(key.referencedTable())
                .flatMap(referenced -> Introspection.keyOn(referenced, key.referencedColumns()))
                .orElse(null);
        return new @Nullable Object[] {
            CATALOG_NAME,
            table.id().namespace(),
            key.name(),
            referencedKey == null ? null : CATALOG_NAME,
            referencedKey == null ? null : key.referencedTable().namespace(),
            referencedKey,
            "NONE",
            key.onUpdate().name().replace('_', ' '),
            key.onDelete().name().replace('_', ' ')
        };
    }

    private static @Nullable Object[] checkRow(TableDefinition table, Constraint.Check check) {
        return new @Nullable Object[] {CATALOG_NAME, table.id().namespace(), check.name(), check.expression()};
    }

    private static @Nullable Object[] sequenceRow(SequenceDefinition sequence) {
        return new @Nullable Object[] {
            CATALOG_NAME,
            sequence.id().namespace(),
            sequence.id().name(),
            sequence.type().sqlName(),
            TypeMapping.columnSize(sequence.type(), null),
            TypeMapping.of(sequence.type()).radix(),
            TypeMapping.scale(sequence.type()),
            Long.toString(sequence.start()),
            Long.toString(sequence.minimum()),
            Long.toString(sequence.maximum()),
            Long.toString(sequence.increment()),
            yesNo(false)
        };
    }

    private static @Nullable Object[] routineRow(RoutineInfo routine) {
        return new @Nullable Object[] {
            CATALOG_NAME,
            RoutineInfo.NAMESPACE,
            routine.specificName(),
            CATALOG_NAME,
            RoutineInfo.NAMESPACE,
            routine.name(),
            "FUNCTION",
            routine.kind() == RoutineInfo.Kind.TABLE
                    ? "TABLE"
                    : routine.result().sqlName(),
            "EXTERNAL",
            null,
            null,
            "JAVA",
            yesNo(routine.deterministic()),
            "CONTAINS SQL"
        };
    }

    private static Stream<@Nullable Object[]> parameterRows(RoutineInfo routine) {
        return IntStream.range(0, routine.parameters().size()).mapToObj(i -> new @Nullable Object[] {
            CATALOG_NAME,
            RoutineInfo.NAMESPACE,
            routine.specificName(),
            i + 1,
            "IN",
            yesNo(false),
            yesNo(false),
            null,
            routine.parameters().get(i).sqlName(),
            null
        });
    }

    private static String constraintType(Constraint constraint) {
        if (constraint instanceof Constraint.PrimaryKey) {
            return "PRIMARY KEY";
        }
        if (constraint instanceof Constraint.Unique) {
            return "UNIQUE";
        }
        return constraint instanceof Constraint.Check ? "CHECK" : "FOREIGN KEY";
    }

    private static Stream<@Nullable Object[]> keyColumnRows(TableDefinition table, Constraint constraint) {
        if (constraint instanceof Constraint.Check) {
            return Stream.empty();
        }
        boolean foreign = constraint instanceof Constraint.ForeignKey;
        return IntStream.range(0, constraint.columns().size()).mapToObj(i -> new @Nullable Object[] {
            CATALOG_NAME,
            table.id().namespace(),
            constraint.name(),
            CATALOG_NAME,
            table.id().namespace(),
            table.id().name(),
            constraint.columns().get(i),
            i + 1,
            foreign ? i + 1 : null
        });
    }
}
