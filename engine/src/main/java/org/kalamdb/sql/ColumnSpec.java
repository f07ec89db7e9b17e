// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.IdentityDefinition;
import org.kalamdb.type.DeclaredType;

/**
 * A column as CREATE TABLE or ALTER TABLE declares it. Its constraints stand beside it, as {@link ConstraintSpec}s of
 * the table. Immutable.
 *
 * @param position where it stands
 * @param name a simple name
 * @param type its type
 * @param nullability what is said about NULL
 * @param defaultValue the expression after DEFAULT, or null; {@code NULL} itself is a literal
 * @param identity how the engine numbers it, or null
 * @param comment free text, or null
 */
public record ColumnSpec(
        SqlParserPos position,
        SqlIdentifier name,
        DeclaredType type,
        Nullability nullability,
        @Nullable SqlNode defaultValue,
        @Nullable IdentityDefinition identity,
        @Nullable String comment) {
    /** What a declaration says about NULL. */
    public enum Nullability {
        UNSPECIFIED,
        NULL,
        NOT_NULL
    }
}
