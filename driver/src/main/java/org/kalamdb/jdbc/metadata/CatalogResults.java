// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.metadata;

import static org.kalamdb.introspection.Introspection.CATALOG_NAME;

import java.sql.DatabaseMetaData;
import java.sql.PseudoColumnUsage;
import java.sql.Types;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.introspection.ColumnInfo;
import org.kalamdb.introspection.ForeignKeyInfo;
import org.kalamdb.introspection.IndexInfo;
import org.kalamdb.introspection.Introspection;
import org.kalamdb.introspection.NamePattern;
import org.kalamdb.introspection.PrimaryKeyInfo;
import org.kalamdb.introspection.RelationKind;
import org.kalamdb.introspection.RoutineInfo;
import org.kalamdb.introspection.TableInfo;
import org.kalamdb.jdbc.metadata.MetadataColumns.Rows;
import org.kalamdb.schema.Constraint.ReferentialAction;
import org.kalamdb.schema.NamespaceDefinition;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableId;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeMapping;

/** The catalog as the results of {@link DatabaseMetaData}. Confined to one thread, as the session is. */
final class CatalogResults {
    private static final Set<RelationKind> ALL_KINDS = EnumSet.allOf(RelationKind.class);

    /** What the answer of a function is called, and what its operands are, each followed by its number. */
    private static final String RESULT = "result";

    private static final String OPERAND = "operand";

    private final Introspection introspection;

    CatalogResults(Introspection introspection) {
        this.introspection = introspection;
    }

    /** Whether the filter of a catalog lets ours through. */
    private static boolean isOurs(@Nullable String catalog) {
        return catalog == null || catalog.equals(CATALOG_NAME);
    }

    ResultCursor schemas(@Nullable String catalog, @Nullable String pattern) {
        Rows rows = new Rows(MetadataColumns.SCHEMAS);
        if (isOurs(catalog)) {
            try (Stream<NamespaceDefinition> schemas = introspection.schemas(NamePattern.like(pattern))) {
                schemas.forEach(schema -> rows.add(schema.name(), CATALOG_NAME));
            }
        }
        return rows.toCursor();
    }

    ResultCursor tables(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String namePattern,
            String @Nullable [] types) {
        Rows rows = new Rows(MetadataColumns.TABLES);
        if (isOurs(catalog)) {
            NamePattern schema = NamePattern.like(schemaPattern);
            try (Stream<TableInfo> tables = introspection.tables(schema, NamePattern.like(namePattern), kinds(types))) {
                tables.forEach(table -> rows.add(
                        CATALOG_NAME,
                        table.id().namespace(),
                        table.id().name(),
                        table.kind().jdbcName(),
                        table.comment(),
                        null,
                        null,
                        null,
                        null,
                        null));
            }
        }
        return rows.toCursor();
    }

    private static Set<RelationKind> kinds(String @Nullable [] types) {
        if (types == null) {
            return ALL_KINDS;
        }
        Set<String> wanted = Set.copyOf(List.of(types));
        Set<RelationKind> kinds = EnumSet.noneOf(RelationKind.class);
        for (RelationKind kind : RelationKind.values()) {
            if (wanted.contains(kind.jdbcName())) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    static ResultCursor tableTypes() {
        Rows rows = new Rows(MetadataColumns.TABLE_TYPES);
        for (RelationKind kind : RelationKind.values()) {
            rows.add(kind.jdbcName());
        }
        return rows.toCursor();
    }

    ResultCursor columns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern) {
        Rows rows = new Rows(MetadataColumns.COLUMNS);
        if (isOurs(catalog)) {
            NamePattern schema = NamePattern.like(schemaPattern);
            NamePattern table = NamePattern.like(tablePattern);
            try (Stream<ColumnInfo> columns = introspection.columns(schema, table, NamePattern.like(columnPattern))) {
                columns.forEach(column -> addColumn(rows, column));
            }
        }
        return rows.toCursor();
    }

    private static void addColumn(Rows rows, ColumnInfo column) {
        rows.add(
                CATALOG_NAME,
                column.table().namespace(),
                column.table().name(),
                column.name(),
                column.jdbcType(),
                typeName(column),
                column.columnSize(),
                null,
                column.decimalDigits(),
                column.radix(),
                column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                column.comment(),
                column.defaultText(),
                null,
                null,
                column.charOctetLength(),
                column.ordinalPosition(),
                yesOrNo(column.nullable()),
                null,
                null,
                null,
                null,
                yesOrNo(column.isAutoIncrement()),
                yesOrNo(column.isGenerated()));
    }

    /** The system columns of tables. */
    ResultCursor pseudoColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern) {
        Rows rows = new Rows(MetadataColumns.PSEUDO_COLUMNS);
        if (isOurs(catalog)) {
            NamePattern schema = NamePattern.like(schemaPattern);
            NamePattern table = NamePattern.like(tablePattern);
            try (Stream<ColumnInfo> columns =
                    introspection.systemColumns(schema, table, NamePattern.like(columnPattern))) {
                columns.forEach(column -> rows.add(
                        CATALOG_NAME,
                        column.table().namespace(),
                        column.table().name(),
                        column.name(),
                        column.jdbcType(),
                        column.columnSize(),
                        column.decimalDigits(),
                        column.radix(),
                        PseudoColumnUsage.NO_USAGE_RESTRICTIONS.name(),
                        column.comment(),
                        column.charOctetLength(),
                        yesOrNo(column.nullable())));
            }
        }
        return rows.toCursor();
    }

    private static String typeName(ColumnInfo column) {
        return TypeMapping.of(column.dataType()).sqlName();
    }

    private static String yesOrNo(boolean value) {
        return value ? "YES" : "NO";
    }

    /** The tables of a name, in every namespace if none is given. */
    private List<TableId> tableIds(@Nullable String catalog, @Nullable String schema, String table) {
        if (!isOurs(catalog)) {
            return List.of();
        }
        if (schema != null) {
            return List.of(new TableId(schema, table));
        }
        try (Stream<TableInfo> tables = introspection.tables(NamePattern.ALL, NamePattern.exactly(table), ALL_KINDS)) {
            return tables.map(TableInfo::id).toList();
        }
    }

    ResultCursor primaryKeys(@Nullable String catalog, @Nullable String schema, String table) {
        Rows rows = new Rows(MetadataColumns.PRIMARY_KEYS);
        for (TableId id : tableIds(catalog, schema, table)) {
            for (PrimaryKeyInfo key : introspection.primaryKeys(id)) {
                rows.add(CATALOG_NAME, id.namespace(), id.name(), key.columnName(), key.keySequence(), key.keyName());
            }
        }
        return rows.toCursor();
    }

    /** The primary key, which names a row as long as it lives. */
    ResultCursor bestRowIdentifier(@Nullable String catalog, @Nullable String schema, String table) {
        Rows rows = new Rows(MetadataColumns.ROW_IDENTIFIER);
        for (TableId id : tableIds(catalog, schema, table)) {
            List<PrimaryKeyInfo> keys = introspection.primaryKeys(id);
            if (!keys.isEmpty()) {
                introspection.columns(id).stream()
                        .filter(ColumnInfo::isPrimaryKey)
                        .forEach(column -> rows.add(
                                DatabaseMetaData.bestRowSession,
                                column.name(),
                                column.jdbcType(),
                                typeName(column),
                                column.columnSize(),
                                null,
                                column.decimalDigits(),
                                DatabaseMetaData.bestRowNotPseudo));
            }
        }
        return rows.toCursor();
    }

    /** The number of the commit that last wrote a row, which every change of the row changes. */
    ResultCursor versionColumns(@Nullable String catalog, @Nullable String schema, String table) {
        Rows rows = new Rows(MetadataColumns.ROW_IDENTIFIER);
        for (TableId id : tableIds(catalog, schema, table)) {
            NamePattern name = NamePattern.exactly(id.name());
            NamePattern version = NamePattern.exactly(SystemColumns.SEQ.name());
            try (Stream<ColumnInfo> columns =
                    introspection.systemColumns(NamePattern.exactly(id.namespace()), name, version)) {
                columns.forEach(column -> rows.add(
                        null,
                        column.name(),
                        column.jdbcType(),
                        typeName(column),
                        column.columnSize(),
                        null,
                        column.decimalDigits(),
                        DatabaseMetaData.versionColumnPseudo));
            }
        }
        return rows.toCursor();
    }

    ResultCursor indexes(@Nullable String catalog, @Nullable String schema, String table, boolean uniqueOnly) {
        Rows rows = new Rows(MetadataColumns.INDEXES);
        for (TableId id : tableIds(catalog, schema, table)) {
            for (IndexInfo index : introspection.indexes(id, uniqueOnly)) {
                rows.add(
                        CATALOG_NAME,
                        id.namespace(),
                        id.name(),
                        !index.unique(),
                        null,
                        index.indexName(),
                        (int) DatabaseMetaData.tableIndexOther,
                        index.ordinalPosition(),
                        index.columnName(),
                        "A",
                        null,
                        null,
                        null);
            }
        }
        return rows.toCursor();
    }

    ResultCursor importedKeys(@Nullable String catalog, @Nullable String schema, String table) {
        List<ForeignKeyInfo> keys = new ArrayList<>();
        for (TableId id : tableIds(catalog, schema, table)) {
            keys.addAll(introspection.importedKeys(id));
        }
        return foreignKeys(keys);
    }

    ResultCursor exportedKeys(@Nullable String catalog, @Nullable String schema, String table) {
        List<ForeignKeyInfo> keys = new ArrayList<>();
        for (TableId id : tableIds(catalog, schema, table)) {
            keys.addAll(introspection.exportedKeys(id));
        }
        return foreignKeys(keys);
    }

    ResultCursor crossReference(
            @Nullable String parentCatalog,
            @Nullable String parentSchema,
            String parentTable,
            @Nullable String foreignCatalog,
            @Nullable String foreignSchema,
            String foreignTable) {
        List<TableId> foreign = tableIds(foreignCatalog, foreignSchema, foreignTable);
        List<ForeignKeyInfo> keys = new ArrayList<>();
        for (TableId id : tableIds(parentCatalog, parentSchema, parentTable)) {
            introspection.exportedKeys(id).stream()
                    .filter(key -> foreign.contains(key.foreignTable()))
                    .forEach(keys::add);
        }
        return foreignKeys(keys);
    }

    private static ResultCursor foreignKeys(List<ForeignKeyInfo> keys) {
        Rows rows = new Rows(MetadataColumns.FOREIGN_KEYS);
        for (ForeignKeyInfo key : keys) {
            rows.add(
                    CATALOG_NAME,
                    key.primaryTable().namespace(),
                    key.primaryTable().name(),
                    key.primaryColumn(),
                    CATALOG_NAME,
                    key.foreignTable().namespace(),
                    key.foreignTable().name(),
                    key.foreignColumn(),
                    key.keySequence(),
                    rule(key.onUpdate()),
                    rule(key.onDelete()),
                    key.foreignKeyName(),
                    key.primaryKeyName(),
                    DatabaseMetaData.importedKeyNotDeferrable);
        }
        return rows.toCursor();
    }

    private static int rule(ReferentialAction action) {
        return switch (action) {
            case NO_ACTION -> DatabaseMetaData.importedKeyNoAction;
            case RESTRICT -> DatabaseMetaData.importedKeyRestrict;
            case CASCADE -> DatabaseMetaData.importedKeyCascade;
            case SET_NULL -> DatabaseMetaData.importedKeySetNull;
            case SET_DEFAULT -> DatabaseMetaData.importedKeySetDefault;
        };
    }

    ResultCursor functions(@Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern) {
        Rows rows = new Rows(MetadataColumns.FUNCTIONS);
        for (RoutineInfo routine : routines(catalog, schemaPattern, namePattern)) {
            boolean table = routine.kind() == RoutineInfo.Kind.TABLE;
            rows.add(
                    CATALOG_NAME,
                    RoutineInfo.NAMESPACE,
                    routine.name(),
                    null,
                    table ? DatabaseMetaData.functionReturnsTable : DatabaseMetaData.functionNoTable,
                    routine.specificName());
        }
        return rows.toCursor();
    }

    /** What each function answers, unless that is a table, and then what it takes, in order. */
    ResultCursor functionColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String namePattern,
            @Nullable String columnPattern) {
        Rows rows = new Rows(MetadataColumns.FUNCTION_COLUMNS);
        NamePattern pattern = NamePattern.like(columnPattern);
        for (RoutineInfo routine : routines(catalog, schemaPattern, namePattern)) {
            if (routine.kind() != RoutineInfo.Kind.TABLE && pattern.matches(RESULT)) {
                addFunctionColumn(rows, routine, RESULT, 0, routine.result());
            }
            for (int i = 1; i <= routine.parameters().size(); i++) {
                if (pattern.matches(OPERAND + i)) {
                    addFunctionColumn(
                            rows, routine, OPERAND + i, i, routine.parameters().get(i - 1));
                }
            }
        }
        return rows.toCursor();
    }

    private List<RoutineInfo> routines(
            @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern) {
        return isOurs(catalog)
                ? introspection.routines(NamePattern.like(schemaPattern), NamePattern.like(namePattern))
                : List.of();
    }

    /** @param position 0 for what is answered */
    private static void addFunctionColumn(
            Rows rows, RoutineInfo routine, String name, int position, RoutineInfo.ValueType value) {
        KalamDataType dataType = value.type();
        TypeMapping type = dataType == null ? null : TypeMapping.of(dataType);
        rows.add(
                CATALOG_NAME,
                RoutineInfo.NAMESPACE,
                routine.name(),
                name,
                position == 0 ? DatabaseMetaData.functionReturn : DatabaseMetaData.functionColumnIn,
                type == null ? Types.OTHER : type.jdbcType(),
                value.sqlName(),
                null,
                null,
                null,
                type == null ? null : type.radix(),
                DatabaseMetaData.functionNullable,
                null,
                null,
                position,
                "YES",
                routine.specificName());
    }

    ResultCursor typeInfo() {
        Rows rows = new Rows(MetadataColumns.TYPES);
        for (TypeMapping type : introspection.typeInfo()) {
            int searchable =
                    type.searchableWithLike() ? DatabaseMetaData.typeSearchable : DatabaseMetaData.typePredBasic;
            rows.add(
                    type.sqlName(),
                    type.jdbcType(),
                    type.maxPrecision(),
                    type.literalPrefix(),
                    type.literalSuffix(),
                    type.createParams(),
                    DatabaseMetaData.typeNullable,
                    type.caseSensitive(),
                    searchable,
                    !type.signed(),
                    false,
                    type.autoIncrementable(),
                    null,
                    type.minScale(),
                    type.maxScale(),
                    null,
                    null,
                    type.radix());
        }
        return rows.toCursor();
    }
}
