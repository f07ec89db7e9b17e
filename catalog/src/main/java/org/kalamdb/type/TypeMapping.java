// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table that maps the sixteen kinds of type to SQL and JDBC. Immutable.
 *
 * <p>Every other table of types (names in DDL, {@code getTypeInfo}, {@code getColumns}, {@code system.datatypes}, the
 * documentation) is derived from this one. {@link ArrowTypes} and {@link ParquetTypes} add the shapes of those formats;
 * they are apart because their libraries are not loaded until something uses them.
 *
 * @param kind the kind of type
 * @param aliases other names that DDL accepts for it, upper case, without the SERIAL family
 * @param serialNames names that declare a column of this type numbered by the engine, upper case
 * @param jdbcType the code of {@code java.sql.Types}
 * @param javaClassName class of what {@code ResultSet.getObject(int)} answers
 * @param maxPrecision most digits (in {@code radix}), characters, bytes or elements a value can have
 * @param minScale fewest digits after the point
 * @param maxScale most digits after the point, for times those of the seconds
 * @param radix 2 or 10 for numbers, else null
 * @param literalPrefix what begins a literal, or null
 * @param literalSuffix what ends a literal, or null
 * @param createParams names of the parameters in DDL, or null if it takes none
 */
public record TypeMapping(
        TypeKind kind,
        List<String> aliases,
        List<String> serialNames,
        int jdbcType,
        String javaClassName,
        int maxPrecision,
        int minScale,
        int maxScale,
        @Nullable Integer radix,
        @Nullable String literalPrefix,
        @Nullable String literalSuffix,
        @Nullable String createParams) {

    /** As in {@code -1.17549435E-38}. */
    private static final int MAX_FLOAT_CHARACTERS = 15;

    private static final Map<TypeKind, TypeMapping> TABLE = new EnumMap<>(TypeKind.class);
    private static final List<TypeMapping> BY_JDBC_TYPE;

    static {
        TypeTable.fill(TABLE);
        // The order that DatabaseMetaData.getTypeInfo promises; kinds of one code stay in tag order, TEXT before JSON.
        BY_JDBC_TYPE = TABLE.values().stream()
                .sorted(Comparator.comparingInt(TypeMapping::jdbcType))
                .toList();
    }

    public TypeMapping {
        aliases = List.copyOf(aliases);
        serialNames = List.copyOf(serialNames);
    }

    /** The row of a kind. */
    public static TypeMapping of(TypeKind kind) {
        TypeMapping mapping = TABLE.get(kind);
        if (mapping == null) {
            throw new IllegalStateException("Type " + kind + " has no mapping");
        }
        return mapping;
    }

    /** The row of a type's kind. */
    public static TypeMapping of(KalamDataType type) {
        return of(type.kind());
    }

    /** All rows, in the order that {@code DatabaseMetaData.getTypeInfo} promises: ascending JDBC type code. */
    public static List<TypeMapping> all() {
        return BY_JDBC_TYPE;
    }

    /** The canonical SQL name without parameters; {@code TYPE_NAME} in JDBC. */
    public String sqlName() {
        return kind.name();
    }

    /** The canonical SQL name with the names of its parameters, for example {@code DECIMAL(precision,scale)}. */
    public String sqlForm() {
        return kind == TypeKind.DECIMAL || kind == TypeKind.EMBEDDING
                ? sqlName() + "(" + createParams + ")"
                : sqlName();
    }

    /** Whether it is a number with a sign. */
    public boolean signed() {
        return radix != null;
    }

    /** Whether upper and lower case differ in comparisons. */
    public boolean caseSensitive() {
        return kind == TypeKind.TEXT || kind == TypeKind.JSON;
    }

    /** Whether predicates include LIKE ({@code typeSearchable} in JDBC) or only the others. */
    public boolean searchableWithLike() {
        return kind == TypeKind.TEXT;
    }

    /** Whether columns of the type can be numbered by the engine. */
    public boolean autoIncrementable() {
        return !serialNames.isEmpty();
    }

    /**
     * {@code COLUMN_SIZE} and {@code getPrecision} of JDBC: digits of a number, characters of text or of the text form
     * of a time, bytes, or elements of an EMBEDDING; {@link Integer#MAX_VALUE} if there is no limit.
     *
     * @param maxLength declared length, or null
     */
    public static int columnSize(KalamDataType type, @Nullable Integer maxLength) {
        if (type instanceof DecimalType decimal) {
            return decimal.precision();
        }
        if (type instanceof EmbeddingType embedding) {
            return embedding.dimension();
        }
        return maxLength != null ? maxLength : of(type).maxPrecision();
    }

    /** {@code DECIMAL_DIGITS} and {@code getScale} of JDBC: digits after the point, for times those of the seconds. */
    public static int scale(KalamDataType type) {
        return type instanceof DecimalType decimal ? decimal.scale() : of(type).maxScale();
    }

    /**
     * The most characters that {@link StoredValues#toText} can give; {@link Integer#MAX_VALUE} if there is no limit.
     *
     * @param maxLength declared length, or null
     */
    public static int displaySize(KalamDataType type, @Nullable Integer maxLength) {
        return switch (type.kind()) {
            case BOOLEAN -> 5;
            case SMALLINT -> 6;
            case INT -> 11;
            case BIGINT -> 20;
            case FLOAT -> MAX_FLOAT_CHARACTERS;
            case DOUBLE -> 24;
            case DECIMAL -> decimalDisplaySize((DecimalType) type);
            case EMBEDDING -> 1 + ((EmbeddingType) type).dimension() * (MAX_FLOAT_CHARACTERS + 1);
            case BYTES ->
                maxLength == null ? Integer.MAX_VALUE : (int) Math.min(2L + 2L * maxLength, Integer.MAX_VALUE);
            case UUID -> 36;
            case TEXT, JSON, DATE, TIME, TIMESTAMP, DATETIME -> columnSize(type, maxLength);
        };
    }

    private static int decimalDisplaySize(DecimalType type) {
        int sign = 1;
        int point = type.scale() > 0 ? 1 : 0;
        int leadingZero = type.scale() == type.precision() ? 1 : 0;
        return sign + leadingZero + type.precision() + point;
    }

    /**
     * The type that a JDBC type code asks for, as in {@code setObject(1, x, Types.NUMERIC)} or {@code setNull}. Decimals
     * without precision are DECIMAL(38, 10).
     *
     * @return the type, or null if the code names none of ours or, as ARRAY and OTHER do, leaves it open
     */
    public static @Nullable KalamDataType findByJdbcType(int jdbcType) {
        return TypeTable.findByJdbcType(jdbcType);
    }

    /** The sixteen canonical names with parameters, as error messages list them. */
    static String validTypes() {
        return String.join(
                ", ",
                Arrays.stream(TypeKind.values()).map(kind -> of(kind).sqlForm()).toList());
    }
}
