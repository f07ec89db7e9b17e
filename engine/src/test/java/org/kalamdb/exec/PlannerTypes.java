// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFamily;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.BasicSqlType;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.kalamdb.function.Embedding;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.EmbeddingType;
import org.kalamdb.type.KalamDataType;

/** A planner's types for the tests of this package: microseconds, UTF-8, JSON and EMBEDDING. */
final class PlannerTypes extends JavaTypeFactoryImpl {
    private static final int MICROSECONDS = 6;

    PlannerTypes() {
        super(new TypeSystem());
    }

    RelDataType relType(KalamDataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> createSqlType(SqlTypeName.BOOLEAN);
            case SMALLINT -> createSqlType(SqlTypeName.SMALLINT);
            case INT -> createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> createSqlType(SqlTypeName.BIGINT);
            case FLOAT -> createSqlType(SqlTypeName.REAL);
            case DOUBLE -> createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL ->
                createSqlType(SqlTypeName.DECIMAL, ((DecimalType) type).precision(), ((DecimalType) type).scale());
            case TEXT ->
                createTypeWithCharsetAndCollation(
                        createSqlType(SqlTypeName.VARCHAR), getDefaultCharset(), SqlCollation.IMPLICIT);
            case JSON -> canonize(new Json(false));
            case BYTES -> createSqlType(SqlTypeName.VARBINARY);
            case UUID -> createSqlType(SqlTypeName.UUID);
            case DATE -> createSqlType(SqlTypeName.DATE);
            case TIME -> createSqlType(SqlTypeName.TIME, MICROSECONDS);
            case TIMESTAMP -> createSqlType(SqlTypeName.TIMESTAMP, MICROSECONDS);
            case DATETIME -> createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, MICROSECONDS);
            case EMBEDDING -> canonize(new Vector(((EmbeddingType) type).dimension(), false));
        };
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
        if (type instanceof Vector vector) {
            return canonize(new Vector(vector.dimension, nullable));
        }
        return type instanceof Json ? canonize(new Json(nullable)) : super.createTypeWithNullability(type, nullable);
    }

    @Override
    public RelDataType createTypeWithCharsetAndCollation(RelDataType type, Charset charset, SqlCollation collation) {
        return type instanceof Json ? type : super.createTypeWithCharsetAndCollation(type, charset, collation);
    }

    @Override
    public Type getJavaClass(RelDataType type) {
        if (type instanceof Vector) {
            return Embedding.class;
        }
        return switch (type.getSqlTypeName()) {
            case TIME -> type.isNullable() ? Long.class : long.class;
            case UUID -> UUID.class;
            default -> super.getJavaClass(type);
        };
    }

    private static final class TypeSystem extends RelDataTypeSystemImpl {
        @Override
        public int getMaxPrecision(SqlTypeName typeName) {
            return switch (typeName) {
                case DECIMAL -> DecimalType.MAX_PRECISION;
                case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> MICROSECONDS;
                default -> super.getMaxPrecision(typeName);
            };
        }

        @Override
        public int getMaxScale(SqlTypeName typeName) {
            return typeName == SqlTypeName.DECIMAL ? DecimalType.MAX_PRECISION : super.getMaxScale(typeName);
        }

        @Override
        public int getDefaultPrecision(SqlTypeName typeName) {
            return switch (typeName) {
                case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> MICROSECONDS;
                default -> super.getDefaultPrecision(typeName);
            };
        }

        @Override
        public RelDataType deriveSumType(
                org.apache.calcite.rel.type.RelDataTypeFactory factory, RelDataType argumentType) {
            RelDataType sum = switch (argumentType.getSqlTypeName()) {
                case SMALLINT, INTEGER -> factory.createSqlType(SqlTypeName.BIGINT);
                case BIGINT -> factory.createSqlType(SqlTypeName.DECIMAL, DecimalType.MAX_PRECISION, 0);
                default -> argumentType;
            };
            return factory.createTypeWithNullability(sum, argumentType.isNullable());
        }
    }

    private static final class Json extends BasicSqlType {
        Json(boolean nullable) {
            super(new TypeSystem(), SqlTypeName.VARCHAR, nullable, RelDataType.PRECISION_NOT_SPECIFIED);
        }

        @Override
        public Charset getCharset() {
            return StandardCharsets.UTF_8;
        }

        @Override
        public SqlCollation getCollation() {
            return SqlCollation.IMPLICIT;
        }

        @Override
        protected void generateTypeString(StringBuilder out, boolean withDetail) {
            out.append("JSON");
        }
    }

    private static final class Vector extends AbstractSqlType {
        private final int dimension;

        Vector(int dimension, boolean nullable) {
            super(SqlTypeName.OTHER, nullable, null);
            this.dimension = dimension;
            computeDigest();
        }

        @Override
        public RelDataTypeFamily getFamily() {
            return SqlTypeFamily.ANY;
        }

        @Override
        protected void generateTypeString(StringBuilder out, boolean withDetail) {
            out.append("EMBEDDING(").append(dimension).append(')');
        }
    }
}
