// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.nio.charset.Charset;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;
import org.kalamdb.type.DeclaredType;

/** A type name in an expression, already resolved to one of our types. Immutable. */
public final class KalamTypeNameSpec extends SqlTypeNameSpec {
    private final DeclaredType type;

    /** The type {@code type}, named at {@code position}. */
    public KalamTypeNameSpec(DeclaredType type, SqlParserPos position) {
        super(new SqlIdentifier(type.type().sqlName(), position), position);
        this.type = type;
    }

    /** The type, with its declared length. */
    public DeclaredType type() {
        return type;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
        RelDataTypeFactory factory = validator.getTypeFactory();
        RelDataType unlimited = ((RelTypeSource) factory).relType(type.type());
        Integer maxLength = type.maxLength();
        if (maxLength == null || unlimited.getSqlTypeName() == SqlTypeName.OTHER) {
            return unlimited;
        }
        RelDataType limited = factory.createSqlType(unlimited.getSqlTypeName(), maxLength);
        Charset charset = unlimited.getCharset();
        SqlCollation collation = unlimited.getCollation();
        return charset == null || collation == null
                ? limited
                : factory.createTypeWithCharsetAndCollation(limited, charset, collation);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword(type.type().sqlName());
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec other, Litmus litmus) {
        if (other instanceof KalamTypeNameSpec that && type.equals(that.type)) {
            return litmus.succeed();
        }
        return litmus.fail("{} != {}", this, other);
    }
}
