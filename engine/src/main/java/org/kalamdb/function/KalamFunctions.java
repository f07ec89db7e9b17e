// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.jspecify.annotations.Nullable;

/** The declarations of our functions. */
final class KalamFunctions {
    private static final int MICROSECONDS = 6;

    private static final SqlReturnTypeInference TEXT = ReturnTypes.explicit(KalamFunctions::text);
    private static final SqlReturnTypeInference TEXT_NULLABLE = TEXT.andThen(SqlTypeTransforms.TO_NULLABLE);
    private static final SqlReturnTypeInference TIMESTAMP =
            ReturnTypes.explicit(factory -> factory.createSqlType(SqlTypeName.TIMESTAMP, MICROSECONDS));
    private static final SqlReturnTypeInference TIME =
            ReturnTypes.explicit(factory -> factory.createSqlType(SqlTypeName.TIME, MICROSECONDS));
    private static final SqlReturnTypeInference DATE = ReturnTypes.explicit(SqlTypeName.DATE);
    private static final SqlReturnTypeInference UUID = ReturnTypes.explicit(SqlTypeName.UUID);

    /** The type of the first operand if that is JSON, else TEXT; may be NULL. */
    private static final SqlReturnTypeInference JSON_OF_FIRST = binding -> {
        RelDataType first = binding.getOperandType(0);
        RelDataType json = RelTypes.isJson(first) ? first : text(binding.getTypeFactory());
        return binding.getTypeFactory().createTypeWithNullability(json, true);
    };

    private static final List<KalamFunction> ALL = build();
    private static final Map<String, KalamFunction> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(KalamFunction::getName, Function.identity()));

    private KalamFunctions() {}

    static List<KalamFunction> all() {
        return ALL;
    }

    static @Nullable KalamFunction find(String name) {
        return BY_NAME.get(name);
    }

    private static RelDataType text(RelDataTypeFactory factory) {
        return factory.createSqlType(SqlTypeName.VARCHAR);
    }

    private static List<KalamFunction> build() {
        List<KalamFunction> functions = new ArrayList<>();
        addSession(functions);
        addVector(functions);
        addJson(functions);
        addDatetime(functions);
        addText(functions);
        functions.add(immutable("SIGN", ReturnTypes.INTEGER_NULLABLE, OperandTypes.NUMERIC, Numbers.class, "sign"));
        return List.copyOf(functions);
    }

    private static void addSession(List<KalamFunction> functions) {
        for (String name : List.of("NOW", "STATEMENT_TIMESTAMP", "TRANSACTION_TIMESTAMP")) {
            functions.add(stable(name, TIMESTAMP, "now"));
        }
        functions.add(keyword("CURRENT_TIMESTAMP", TIMESTAMP, "now"));
        functions.add(keyword("LOCALTIMESTAMP", TIMESTAMP, "now"));
        functions.add(keyword("CURRENT_DATE", DATE, "currentDate"));
        functions.add(keyword("CURRENT_TIME", TIME, "currentTime"));
        functions.add(keyword("LOCALTIME", TIME, "currentTime"));
        functions.add(keyword("CURRENT_USER", TEXT, "currentUser"));
        functions.add(keyword("SESSION_USER", TEXT, "currentUser"));
        functions.add(keyword("SYSTEM_USER", TEXT, "currentUser"));
        functions.add(keyword("USER", TEXT, "currentUser"));
        functions.add(keyword("CURRENT_ROLE", TEXT, "currentRole"));
        functions.add(keyword("CURRENT_SCHEMA", TEXT, "currentNamespace"));
        functions.add(keyword("CURRENT_NAMESPACE", TEXT, "currentNamespace"));
        functions.add(volatileOf("SNOWFLAKE_ID", ReturnTypes.BIGINT, "snowflakeId"));
        functions.add(immutable(
                        SessionFunctions.NEXTVAL,
                        ReturnTypes.BIGINT,
                        OperandTypes.CHARACTER,
                        SessionFunctions.class,
                        "nextValue")
                .with(Volatility.VOLATILE));
        functions.add(volatileOf("UUID_V7", TEXT, "uuidV7"));
        functions.add(volatileOf("ULID", TEXT, "ulid"));
        functions.add(volatileOf("GEN_RANDOM_UUID", UUID, "randomUuid"));
        functions.add(volatileOf("UUID", UUID, "randomUuid"));
        functions.add(volatileOf("RAND", ReturnTypes.DOUBLE, "random"));
        functions.add(volatileOf("RANDOM", ReturnTypes.DOUBLE, "random"));
        functions.add(stable("VERSION", TEXT, "version"));
    }

    private static void addVector(List<KalamFunction> functions) {
        SqlReturnTypeInference real = ReturnTypes.explicit(SqlTypeName.REAL).andThen(SqlTypeTransforms.TO_NULLABLE);
        SqlOperandTypeChecker two = new EmbeddingOperands(2);
        Class<?> owner = VectorFunctions.class;
        functions.add(immutable("COSINE_DISTANCE", real, two, owner, "cosineDistance"));
        functions.add(immutable("L2_DISTANCE", ReturnTypes.DOUBLE_NULLABLE, two, owner, "l2Distance"));
        functions.add(immutable("INNER_PRODUCT", ReturnTypes.DOUBLE_NULLABLE, two, owner, "innerProduct"));
        functions.add(
                immutable("VECTOR_DIMS", ReturnTypes.INTEGER_NULLABLE, new EmbeddingOperands(1), owner, "dimensions"));
    }

    private static void addJson(List<KalamFunction> functions) {
        addJsonAccess(functions, "JSON_GET", JSON_OF_FIRST, "get");
        addJsonAccess(functions, "JSON_GET_TEXT", TEXT.andThen(SqlTypeTransforms.FORCE_NULLABLE), "getText");
        addJsonAccess(functions, "JSON_GET_INT", ReturnTypes.BIGINT_FORCE_NULLABLE, "getInt");
        addJsonAccess(
                functions, "JSON_GET_FLOAT", ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE), "getFloat");
        addJsonAccess(functions, "JSON_GET_BOOL", ReturnTypes.BOOLEAN_FORCE_NULLABLE, "getBool");
        Class<?> owner = JsonFunctions.class;
        functions.add(immutable(
                "JSON_CONTAINS", ReturnTypes.BOOLEAN_NULLABLE, OperandTypes.CHARACTER_CHARACTER, owner, "contains"));
        functions.add(immutable(
                "JSON_ARRAY_LENGTH",
                ReturnTypes.INTEGER.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                OperandTypes.CHARACTER,
                owner,
                "arrayLength"));
        functions.add(immutable("JSON_TYPEOF", TEXT_NULLABLE, OperandTypes.CHARACTER, owner, "typeOf"));
    }

    /** One function by member name and one, of the same name, by element index. */
    private static void addJsonAccess(
            List<KalamFunction> functions, String name, SqlReturnTypeInference returnType, String prefix) {
        functions.add(KalamFunction.immutable(
                name,
                returnType,
                OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER)
                        .or(OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER)),
                MachineFunction.method(JsonFunctions.class, prefix + "ByName"),
                MachineFunction.method(JsonFunctions.class, prefix + "ByIndex")));
    }

    private static void addDatetime(List<KalamFunction> functions) {
        Class<?> owner = DatetimeFunctions.class;
        SqlOperandTypeChecker unitAndDatetime = OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME);
        functions.add(immutable(
                "DATE_TRUNC",
                ReturnTypes.ARG1.andThen(KalamFunctions::dateToTimestamp).andThen(SqlTypeTransforms.TO_NULLABLE),
                unitAndDatetime,
                owner,
                "dateTrunc"));
        functions.add(immutable("DATE_PART", ReturnTypes.DOUBLE_NULLABLE, unitAndDatetime, owner, "datePart"));
        functions.add(immutable("DAYNAME", TEXT_NULLABLE, OperandTypes.DATETIME, owner, "dayName"));
        functions.add(immutable("MONTHNAME", TEXT_NULLABLE, OperandTypes.DATETIME, owner, "monthName"));
        functions.add(immutable(
                "MAKE_TIMESTAMP",
                TIMESTAMP.andThen(SqlTypeTransforms.TO_NULLABLE),
                OperandTypes.family(
                        SqlTypeFamily.INTEGER,
                        SqlTypeFamily.INTEGER,
                        SqlTypeFamily.INTEGER,
                        SqlTypeFamily.INTEGER,
                        SqlTypeFamily.INTEGER,
                        SqlTypeFamily.NUMERIC),
                owner,
                "makeTimestamp"));
        functions.add(immutable(
                "TO_CHAR",
                TEXT_NULLABLE,
                OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.CHARACTER),
                owner,
                "toChar"));
        functions.add(TimeZones.TIMEZONE);
        SqlOperandTypeChecker texts = OperandTypes.CHARACTER_CHARACTER;
        functions.add(KalamFunction.immutable(
                "TO_TIMESTAMP",
                TIMESTAMP.andThen(SqlTypeTransforms.TO_NULLABLE),
                texts.or(OperandTypes.NUMERIC),
                MachineFunction.method(owner, "toTimestamp"),
                MachineFunction.method(owner, "secondsToTimestamp")));
        functions.add(immutable("TO_DATE", DATE.andThen(SqlTypeTransforms.TO_NULLABLE), texts, owner, "toDate"));
        SqlOperandTypeChecker threeNumbers =
                OperandTypes.family(SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER);
        functions.add(
                immutable("MAKE_DATE", DATE.andThen(SqlTypeTransforms.TO_NULLABLE), threeNumbers, owner, "makeDate"));
    }

    private static void addText(List<KalamFunction> functions) {
        Class<?> owner = TextFunctions.class;
        functions.add(KalamFunction.immutable(
                "BTRIM",
                TEXT_NULLABLE,
                OperandTypes.CHARACTER.or(OperandTypes.CHARACTER_CHARACTER),
                MachineFunction.method(owner, "trimBlanks"),
                MachineFunction.method(owner, "trimCharacters")));
        functions.add(immutable(
                "DIFFERENCE", ReturnTypes.INTEGER_NULLABLE, OperandTypes.CHARACTER_CHARACTER, owner, "difference"));
        functions.add(KalamFunction.immutable(
                "STRPOS",
                ReturnTypes.INTEGER_NULLABLE,
                OperandTypes.CHARACTER_CHARACTER.or(OperandTypes.family(SqlTypeFamily.BINARY, SqlTypeFamily.BINARY)),
                MachineFunction.method(owner, "positionInText"),
                MachineFunction.method(owner, "positionInBytes")));
        functions.add(KalamFunction.immutable(
                "OCTET_LENGTH",
                ReturnTypes.INTEGER_NULLABLE,
                OperandTypes.CHARACTER.or(OperandTypes.BINARY),
                MachineFunction.method(owner, "octetLengthOfText"),
                MachineFunction.method(owner, "octetLengthOfBytes")));
        functions.add(KalamFunction.immutable(
                "TO_HEX",
                TEXT_NULLABLE,
                OperandTypes.INTEGER.or(OperandTypes.BINARY),
                MachineFunction.method(owner, "numberToHex"),
                MachineFunction.method(owner, "bytesToHex")));
        functions.add(KalamFunction.immutable(
                "HEX",
                TEXT_NULLABLE,
                OperandTypes.CHARACTER.or(OperandTypes.INTEGER).or(OperandTypes.BINARY),
                MachineFunction.method(owner, "textToHex"),
                MachineFunction.method(owner, "numberToHex"),
                MachineFunction.method(owner, "bytesToHex")));
        functions.add(immutable(
                "ENCODE",
                TEXT_NULLABLE,
                OperandTypes.family(SqlTypeFamily.BINARY, SqlTypeFamily.CHARACTER),
                owner,
                "encode"));
        functions.add(immutable(
                "DECODE",
                ReturnTypes.explicit(SqlTypeName.VARBINARY).andThen(SqlTypeTransforms.TO_NULLABLE),
                OperandTypes.CHARACTER_CHARACTER,
                owner,
                "decode"));
    }

    private static RelDataType dateToTimestamp(SqlOperatorBinding binding, RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.DATE
                ? binding.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, MICROSECONDS)
                : type;
    }

    private static KalamFunction immutable(
            String name, SqlReturnTypeInference type, SqlOperandTypeChecker operands, Class<?> owner, String method) {
        return KalamFunction.immutable(name, type, operands, MachineFunction.method(owner, method));
    }

    private static KalamFunction stable(String name, SqlReturnTypeInference type, String method) {
        return immutable(name, type, OperandTypes.NILADIC, SessionFunctions.class, method)
                .with(Volatility.STABLE);
    }

    private static KalamFunction volatileOf(String name, SqlReturnTypeInference type, String method) {
        return stable(name, type, method).with(Volatility.VOLATILE);
    }

    /** A function that is called without parentheses, and may be called with them. */
    private static KalamFunction keyword(String name, SqlReturnTypeInference type, String method) {
        return stable(name, type, method).with(SqlSyntax.FUNCTION_ID);
    }

    /** Embeddings, or text that says them. */
    private record EmbeddingOperands(int count) implements SqlOperandTypeChecker {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            boolean anyEmbedding = false;
            boolean valid = true;
            for (RelDataType type : binding.collectOperandTypes()) {
                boolean embedding = RelTypes.isEmbedding(type);
                anyEmbedding |= embedding;
                valid &= embedding
                        || SqlTypeName.CHAR_TYPES.contains(type.getSqlTypeName())
                        || type.getSqlTypeName() == SqlTypeName.NULL;
            }
            if (valid && (anyEmbedding || count > 1)) {
                return true;
            }
            if (throwOnFailure) {
                throw binding.newValidationSignatureError();
            }
            return false;
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.of(count);
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String name) {
            return count == 1 ? name + "(<EMBEDDING>)" : name + "(<EMBEDDING>, <EMBEDDING>)";
        }

        @Override
        public SqlOperandTypeInference typeInference() {
            return InferTypes.FIRST_KNOWN;
        }
    }
}
