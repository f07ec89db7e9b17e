// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.DeclaredType;
import org.kalamdb.type.SqlTypeNames;

/** Literals of the form {@code TYPE 'value'} for any type. Safe for use by several threads. */
public final class TypedLiterals {
    private TypedLiterals() {}

    /**
     * {@code CAST('value' AS TYPE)}.
     *
     * @throws KalamException INVALID_TYPE if there is no such type
     */
    public static SqlNode cast(String typeName, SqlParserPos typePosition, String value, SqlParserPos valuePosition) {
        DeclaredType type;
        try {
            type = SqlTypeNames.resolve(typeName, List.of());
        } catch (KalamException e) {
            throw e.at(SourceText.position(typePosition));
        }
        SqlDataTypeSpec spec = new SqlDataTypeSpec(new KalamTypeNameSpec(type, typePosition), typePosition);
        return SqlStdOperatorTable.CAST.createCall(
                typePosition.plus(valuePosition), SqlLiteral.createCharString(value, valuePosition), spec);
    }
}
