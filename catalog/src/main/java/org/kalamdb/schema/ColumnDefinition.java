// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeKind;

/**
 * One column of a table. Immutable.
 *
 * @param columnId stable id, at least 1, never reused in its table; Parquet field id and key of stored values
 * @param name exact name, unique in its table
 * @param ordinalPosition 1-based position in {@code SELECT *}, unique in its table, gaps allowed after drops
 * @param dataType the type
 * @param maxLength declared length of VARCHAR(n), CHAR(n), in characters, or of VARBINARY(n), in bytes; null if none
 * @param nullable whether NULL is allowed; false for a primary key column
 * @param primaryKey whether it is part of the primary key
 * @param partitionKey whether it is part of the partition key
 * @param defaultValue what an INSERT that does not name the column writes
 * @param initialDefault what rows written before the column was added read; {@link ColumnDefault.None} or a literal
 * @param identity how the engine numbers the column, or null
 * @param comment free text, or null
 */
public record ColumnDefinition(
        long columnId,
        String name,
        int ordinalPosition,
        KalamDataType dataType,
        @Nullable Integer maxLength,
        boolean nullable,
        boolean primaryKey,
        boolean partitionKey,
        ColumnDefault defaultValue,
        ColumnDefault initialDefault,
        @Nullable IdentityDefinition identity,
        @Nullable String comment) {

    public ColumnDefinition {
        Names.requireColumn(name);
        requireNonNull(dataType, "dataType is null");
        requireNonNull(defaultValue, "defaultValue is null");
        requireNonNull(initialDefault, "initialDefault is null");
        if (columnId < 1) {
            throw invalid(name, "the id must be at least 1, got: " + columnId);
        }
        if (ordinalPosition < 1) {
            throw invalid(name, "the ordinal position must be at least 1, got: " + ordinalPosition);
        }
        if (maxLength != null) {
            requireMaxLength(name, dataType, maxLength);
        }
        if (primaryKey && nullable) {
            throw invalid(name, "a primary key column must be NOT NULL");
        }
        if (initialDefault instanceof ColumnDefault.FunctionCall) {
            throw invalid(name, "the initial default must be a constant, got: " + initialDefault.sqlText());
        }
        if (identity != null && !canBeIdentity(dataType)) {
            throw invalid(name, "an identity column must be SMALLINT, INT or BIGINT, got: " + dataType.sqlName());
        }
    }

    /** A nullable column without default; its id is its ordinal. */
    public static ColumnDefinition simple(String name, int ordinalPosition, KalamDataType dataType) {
        return new ColumnDefinition(
                ordinalPosition,
                name,
                ordinalPosition,
                dataType,
                null,
                true,
                false,
                false,
                ColumnDefault.NONE,
                ColumnDefault.NONE,
                null,
                null);
    }

    /** A primary key column without default; its id is its ordinal. */
    public static ColumnDefinition primaryKey(String name, int ordinalPosition, KalamDataType dataType) {
        return new ColumnDefinition(
                ordinalPosition,
                name,
                ordinalPosition,
                dataType,
                null,
                false,
                true,
                false,
                ColumnDefault.NONE,
                ColumnDefault.NONE,
                null,
                null);
    }

    /** The type as DESCRIBE shows it: {@code VARCHAR(n)} and {@code VARBINARY(n)} where a length was declared. */
    public String sqlTypeName() {
        if (maxLength == null) {
            return dataType.sqlName();
        }
        return (dataType.kind() == TypeKind.TEXT ? "VARCHAR(" : "VARBINARY(") + maxLength + ")";
    }

    /** A copy with another name. */
    public ColumnDefinition withName(String changed) {
        return new ColumnDefinition(
                columnId,
                changed,
                ordinalPosition,
                dataType,
                maxLength,
                nullable,
                primaryKey,
                partitionKey,
                defaultValue,
                initialDefault,
                identity,
                comment);
    }

    /** A copy with another id and ordinal position. */
    public ColumnDefinition withPosition(long changedId, int changedOrdinal) {
        return new ColumnDefinition(
                changedId,
                name,
                changedOrdinal,
                dataType,
                maxLength,
                nullable,
                primaryKey,
                partitionKey,
                defaultValue,
                initialDefault,
                identity,
                comment);
    }

    /** A copy with another type and declared length; null for none. */
    public ColumnDefinition withType(KalamDataType changed, @Nullable Integer changedMaxLength) {
        return new ColumnDefinition(
                columnId,
                name,
                ordinalPosition,
                changed,
                changedMaxLength,
                nullable,
                primaryKey,
                partitionKey,
                defaultValue,
                initialDefault,
                identity,
                comment);
    }

    /** A copy that allows NULL or not. */
    public ColumnDefinition withNullable(boolean changed) {
        return new ColumnDefinition(
                columnId,
                name,
                ordinalPosition,
                dataType,
                maxLength,
                changed,
                primaryKey,
                partitionKey,
                defaultValue,
                initialDefault,
                identity,
                comment);
    }

    /** A copy that is part of the primary key, and so NOT NULL, or not part of it. */
    public ColumnDefinition withPrimaryKey(boolean changed) {
        return new ColumnDefinition(
                columnId,
                name,
                ordinalPosition,
                dataType,
                maxLength,
                nullable && !changed,
                changed,
                partitionKey,
                defaultValue,
                initialDefault,
                identity,
                comment);
    }

    /** A copy that is part of the partition key or not. */
    public ColumnDefinition withPartitionKey(boolean changed) {
        return new ColumnDefinition(
                columnId,
                name,
                ordinalPosition,
                dataType,
                maxLength,
                nullable,
                primaryKey,
                changed,
                defaultValue,
                initialDefault,
                identity,
                comment);
    }

    /** A copy with another default for rows to come. */
    public ColumnDefinition withDefault(ColumnDefault changed) {
        return new ColumnDefinition(
                columnId,
                name,
                ordinalPosition,
                dataType,
                maxLength,
                nullable,
                primaryKey,
                partitionKey,
                changed,
                initialDefault,
                identity,
                comment);
    }

    /** A copy with another value for rows that were there before the column. */
    public ColumnDefinition withInitialDefault(ColumnDefault changed) {
        return new ColumnDefinition(
                columnId,
                name,
                ordinalPosition,
                dataType,
                maxLength,
                nullable,
                primaryKey,
                partitionKey,
                defaultValue,
                changed,
                identity,
                comment);
    }

    /** A copy numbered by the engine as {@code changed} says, or not at all for null. */
    public ColumnDefinition withIdentity(@Nullable IdentityDefinition changed) {
        return new ColumnDefinition(
                columnId,
                name,
                ordinalPosition,
                dataType,
                maxLength,
                nullable,
                primaryKey,
                partitionKey,
                defaultValue,
                initialDefault,
                changed,
                comment);
    }

    /** A copy with another comment; null for none. */
    public ColumnDefinition withComment(@Nullable String changed) {
        return new ColumnDefinition(
                columnId,
                name,
                ordinalPosition,
                dataType,
                maxLength,
                nullable,
                primaryKey,
                partitionKey,
                defaultValue,
                initialDefault,
                identity,
                changed);
    }

    private static boolean canBeIdentity(KalamDataType type) {
        return type == KalamDataType.SMALLINT || type == KalamDataType.INT || type == KalamDataType.BIGINT;
    }

    private static void requireMaxLength(String name, KalamDataType type, int maxLength) {
        if (type.kind() != TypeKind.TEXT && type.kind() != TypeKind.BYTES) {
            throw invalid(name, "only TEXT and BYTES can have a length, got: " + type.sqlName());
        }
        if (maxLength < 1) {
            throw invalid(name, "the length must be at least 1, got: " + maxLength);
        }
    }

    private static KalamException invalid(String column, String reason) {
        return Definitions.invalid("Invalid column " + Names.quote(column) + ": " + reason);
    }
}
