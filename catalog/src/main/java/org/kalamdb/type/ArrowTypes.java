// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * Types as Arrow fields and back.
 *
 * <p>A field made here carries its type in the metadata {@value #TYPE_METADATA_KEY} (see {@link TypeJsonCodec}), so that
 * every type comes back as itself, JSON included, which is the same as TEXT to Arrow. Fields from elsewhere are read by
 * their Arrow type. Conversions are remembered in a cache of bounded size. Safe for use by several threads.
 */
public final class ArrowTypes {
    /** Field metadata that holds the type. */
    public static final String TYPE_METADATA_KEY = "kalam_data_type";

    /** Name of the element field of an EMBEDDING. */
    public static final String EMBEDDING_ELEMENT_NAME = "item";

    private static final String UTC = "UTC";
    private static final String JSON_METADATA = TypeJsonCodec.encode(KalamDataType.JSON);
    private static final int DECIMAL_BITS = 128;
    private static final int DEFAULT_CACHE_SIZE = 1000;

    private final Cache<FieldKey, FieldShape> shapes;
    private final Cache<TypeKey, KalamDataType> types;

    /** With a cache of 1,000 entries for each direction. */
    public ArrowTypes() {
        this(DEFAULT_CACHE_SIZE);
    }

    /** @param maxCacheSize greatest number of entries for each direction */
    public ArrowTypes(int maxCacheSize) {
        this.shapes = newCache(maxCacheSize);
        this.types = newCache(maxCacheSize);
    }

    private static <K, V> Cache<K, V> newCache(int maxSize) {
        // Maintenance on the calling thread: an embedded database starts no thread for a table of types.
        return Caffeine.newBuilder()
                .maximumSize(maxSize)
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    /**
     * The Arrow field of a column.
     *
     * @param name name of the column
     * @param nullable whether the column may hold NULL
     */
    public Field toField(String name, KalamDataType type, boolean nullable) {
        FieldShape shape = shapes.get(new FieldKey(type, nullable), ArrowTypes::shape);
        return new Field(name, shape.type(), shape.children());
    }

    /**
     * The type of an Arrow field.
     *
     * @throws org.kalamdb.error.KalamException NOT_SUPPORTED if no type holds such values
     */
    public KalamDataType toType(Field field) {
        TypeKey key = new TypeKey(field.getType(), field.getMetadata().get(TYPE_METADATA_KEY), field.getChildren());
        return types.get(key, unknown -> type(field.getName(), unknown));
    }

    /** Conversions in both directions so far. */
    public ConversionStatistics statistics() {
        return statistics(shapes).plus(statistics(types));
    }

    private static ConversionStatistics statistics(Cache<?, ?> cache) {
        CacheStats stats = cache.stats();
        return new ConversionStatistics(stats.hitCount(), stats.missCount(), cache.estimatedSize());
    }

    private static FieldShape shape(FieldKey key) {
        Map<String, String> metadata = Map.of(TYPE_METADATA_KEY, TypeJsonCodec.encode(key.type()));
        FieldType fieldType = new FieldType(key.nullable(), arrowType(key.type()), null, metadata);
        if (key.type() instanceof EmbeddingType) {
            Field element =
                    new Field(EMBEDDING_ELEMENT_NAME, FieldType.notNullable(arrowType(KalamDataType.FLOAT)), null);
            return new FieldShape(fieldType, List.of(element));
        }
        return new FieldShape(fieldType, List.of());
    }

    private static ArrowType arrowType(KalamDataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case SMALLINT -> new ArrowType.Int(Short.SIZE, true);
            case INT -> new ArrowType.Int(Integer.SIZE, true);
            case BIGINT -> new ArrowType.Int(Long.SIZE, true);
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case TEXT, JSON -> ArrowType.Utf8.INSTANCE;
            case BYTES -> ArrowType.Binary.INSTANCE;
            case UUID -> new ArrowType.FixedSizeBinary(BinaryText.UUID_BYTES);
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, Long.SIZE);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case DATETIME -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, UTC);
            case DECIMAL ->
                new ArrowType.Decimal(((DecimalType) type).precision(), ((DecimalType) type).scale(), DECIMAL_BITS);
            case EMBEDDING -> new ArrowType.FixedSizeList(((EmbeddingType) type).dimension());
        };
    }

    private static KalamDataType type(String name, TypeKey key) {
        KalamDataType byArrow = ForeignArrowTypes.type(name, key.arrowType(), key.children());
        // JSON is the only type that its Arrow type does not say. Other metadata could only contradict what is stored,
        // as when a tool has cast the column and left it, or name a type of the server's that we do not have.
        return byArrow == KalamDataType.TEXT && JSON_METADATA.equals(key.metadata()) ? KalamDataType.JSON : byArrow;
    }

    private record FieldKey(KalamDataType type, boolean nullable) {}

    /** What of a field is the same for all columns of a type. */
    private record FieldShape(FieldType type, List<Field> children) {}

    private record TypeKey(ArrowType arrowType, @Nullable String metadata, List<Field> children) {}
}
