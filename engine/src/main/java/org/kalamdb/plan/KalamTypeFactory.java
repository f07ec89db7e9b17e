// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.type.SqlTypeName;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.Embedding;
import org.kalamdb.function.RelTypes;
import org.kalamdb.sql.RelTypeSource;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;

/** The planner's types, and the one place where they meet {@link KalamDataType}. Confined to one thread. */
public final class KalamTypeFactory extends JavaTypeFactoryImpl implements RelTypeSource {
    public KalamTypeFactory() {
        super(KalamTypeSystem.INSTANCE);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public RelDataType relType(KalamDataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> createSqlType(SqlTypeName.BOOLEAN);
            case SMALLINT -> createSqlType(SqlTypeName.SMALLINT);
            case INT -> createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> createSqlType(SqlTypeName.BIGINT);
            case FLOAT -> createSqlType(SqlTypeName.REAL);
            case DOUBLE -> createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield createSqlType(SqlTypeName.DECIMAL, decimal.precision(), decimal.scale());
            }
            case TEXT ->
                createTypeWithCharsetAndCollation(
                        createSqlType(SqlTypeName.VARCHAR), getDefaultCharset(), SqlCollation.IMPLICIT);
            case JSON -> canonize(new JsonRelType(false));
            case BYTES -> createSqlType(SqlTypeName.VARBINARY);
            case UUID -> createSqlType(SqlTypeName.UUID);
            case DATE -> createSqlType(SqlTypeName.DATE);
            case TIME -> createSqlType(SqlTypeName.TIME, KalamTypeSystem.TIME_PRECISION);
            case TIMESTAMP -> createSqlType(SqlTypeName.TIMESTAMP, KalamTypeSystem.TIME_PRECISION);
            case DATETIME -> createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, KalamTypeSystem.TIME_PRECISION);
            case EMBEDDING -> canonize(new EmbeddingRelType(((EmbeddingType) type).dimension(), false));
        };
    }

    public RelDataType relType(KalamDataType type, boolean nullable) {
        return createTypeWithNullability(relType(type), nullable);
    }

    /**
     * The type of a result column or parameter.
     *
     * @throws KalamException NOT_SUPPORTED if values of the type cannot leave a query
     */
    public static KalamDataType kalamType(RelDataType type) {
        return RelTypes.findKalamType(type)
                .orElseThrow(() -> new KalamException(
                        ErrorCode.NOT_SUPPORTED,
                        "Unsupported result type " + type + ": cast the expression to another type, for example TEXT"));
    }

    /** JSON has its character set already; as a plain VARCHAR with one it would no longer be JSON. */
    @Override
    public RelDataType createTypeWithCharsetAndCollation(RelDataType type, Charset charset, SqlCollation collation) {
        return type instanceof JsonRelType ? type : super.createTypeWithCharsetAndCollation(type, charset, collation);
    }

    @Override
    public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
        if (type instanceof EmbeddingRelType embedding) {
            return type.isNullable() == nullable
                    ? type
                    : canonize(new EmbeddingRelType(embedding.dimension(), nullable));
        }
        return super.createTypeWithNullability(type, nullable);
    }

    /** The class that holds a value of the type while a query runs; see {@code org.kalamdb.exec}. */
    @Override
    public Type getJavaClass(RelDataType type) {
        if (type instanceof EmbeddingRelType) {
            return Embedding.class;
        }
        return switch (type.getSqlTypeName()) {
            case TIME -> type.isNullable() ? Long.class : long.class;
            case UUID -> UUID.class;
            default -> super.getJavaClass(type);
        };
    }
}
