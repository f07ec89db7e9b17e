// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class ArrowTypesTest {
    private final ArrowTypes arrowTypes = new ArrowTypes();

    static List<KalamDataType> types() {
        return SampleTypes.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void readsBackEveryType(KalamDataType type) throws Exception {
        Field field = arrowTypes.toField("a", type, true);
        assertThat(field.getName()).isEqualTo("a");
        assertThat(field.isNullable()).isTrue();
        assertThat(arrowTypes.toType(field)).isEqualTo(type);
        assertThat(arrowTypes.toField("b", type, false).isNullable()).isFalse();
        // As another process reads it.
        Schema read = Schema.fromJSON(new Schema(List.of(field)).toJson());
        assertThat(arrowTypes.toType(read.findField("a"))).isEqualTo(type);
    }

    @Test
    void makesTheDocumentedArrowTypes() {
        assertThat(arrowType(KalamDataType.BOOLEAN)).isEqualTo(ArrowType.Bool.INSTANCE);
        assertThat(arrowType(KalamDataType.SMALLINT)).isEqualTo(new ArrowType.Int(16, true));
        assertThat(arrowType(KalamDataType.INT)).isEqualTo(new ArrowType.Int(32, true));
        assertThat(arrowType(KalamDataType.BIGINT)).isEqualTo(new ArrowType.Int(64, true));
        assertThat(arrowType(KalamDataType.TEXT)).isEqualTo(ArrowType.Utf8.INSTANCE);
        assertThat(arrowType(KalamDataType.JSON)).isEqualTo(ArrowType.Utf8.INSTANCE);
        assertThat(arrowType(KalamDataType.UUID)).isEqualTo(new ArrowType.FixedSizeBinary(16));
        assertThat(arrowType(KalamDataType.DATE)).isEqualTo(new ArrowType.Date(DateUnit.DAY));
        assertThat(arrowType(KalamDataType.TIME)).isEqualTo(new ArrowType.Time(TimeUnit.MICROSECOND, 64));
        assertThat(arrowType(KalamDataType.TIMESTAMP)).isEqualTo(new ArrowType.Timestamp(TimeUnit.MICROSECOND, null));
        assertThat(arrowType(KalamDataType.DATETIME)).isEqualTo(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"));
        assertThat(arrowType(KalamDataType.decimal(12, 2))).isEqualTo(new ArrowType.Decimal(12, 2, 128));
        Field embedding = arrowTypes.toField("v", KalamDataType.embedding(384), true);
        assertThat(embedding.getType()).isEqualTo(new ArrowType.FixedSizeList(384));
        Field item = embedding.getChildren().get(0);
        assertThat(item.getName()).isEqualTo("item");
        assertThat(item.isNullable()).isFalse();
        assertThat(item.getType()).isEqualTo(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
        assertThat(embedding.getMetadata()).isEqualTo(Map.of("kalam_data_type", "{\"Embedding\":384}"));
    }

    @Test
    void readsForeignArrowTypes() {
        assertThat(foreign(ArrowType.LargeUtf8.INSTANCE)).isEqualTo(KalamDataType.TEXT);
        assertThat(foreign(ArrowType.Utf8View.INSTANCE)).isEqualTo(KalamDataType.TEXT);
        assertThat(foreign(ArrowType.LargeBinary.INSTANCE)).isEqualTo(KalamDataType.BYTES);
        assertThat(foreign(new ArrowType.FixedSizeBinary(15))).isEqualTo(KalamDataType.BYTES);
        assertThat(foreign(new ArrowType.FixedSizeBinary(16))).isEqualTo(KalamDataType.UUID);
        for (TimeUnit unit : TimeUnit.values()) {
            assertThat(foreign(new ArrowType.Timestamp(unit, null))).isEqualTo(KalamDataType.TIMESTAMP);
            assertThat(foreign(new ArrowType.Timestamp(unit, "Asia/Kathmandu"))).isEqualTo(KalamDataType.DATETIME);
        }
        assertThat(foreign(new ArrowType.Date(DateUnit.MILLISECOND))).isEqualTo(KalamDataType.DATE);
        assertThat(foreign(new ArrowType.Time(TimeUnit.SECOND, 32))).isEqualTo(KalamDataType.TIME);
        assertThat(foreign(new ArrowType.Time(TimeUnit.NANOSECOND, 64))).isEqualTo(KalamDataType.TIME);
    }

    @Test
    void refusesArrowTypesThatNoTypeHolds() {
        Field item = Field.nullable("item", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
        Field wide = Field.nullable("item", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
        assertUnsupported(new ArrowType.Int(8, true));
        assertUnsupported(new ArrowType.Int(32, false));
        assertUnsupported(new ArrowType.FloatingPoint(FloatingPointPrecision.HALF));
        assertUnsupported(new ArrowType.Decimal(40, 2, 256));
        assertUnsupported(new ArrowType.Decimal(5, -2, 128));
        assertUnsupported(new ArrowType.Interval(IntervalUnit.DAY_TIME));
        assertUnsupported(new ArrowType.Duration(TimeUnit.SECOND));
        assertUnsupported(ArrowType.Null.INSTANCE);
        assertUnsupported(ArrowType.List.INSTANCE, item);
        assertUnsupported(ArrowType.Struct.INSTANCE, item);
        assertUnsupported(new ArrowType.Union(UnionMode.Dense, new int[0]));
        assertUnsupported(new ArrowType.FixedSizeList(0), item);
        assertUnsupported(new ArrowType.FixedSizeList(8193), item);
        assertUnsupported(new ArrowType.FixedSizeList(3), wide);
    }

    @Test
    void believesWhatIsStoredMoreThanMetadata() {
        Map<String, String> metadata = Map.of(ArrowTypes.TYPE_METADATA_KEY, "\"Int\"");
        Field cast = new Field("a", new FieldType(true, ArrowType.Utf8.INSTANCE, null, metadata), null);
        assertThat(arrowTypes.toType(cast)).isEqualTo(KalamDataType.TEXT);
        Map<String, String> file = Map.of(ArrowTypes.TYPE_METADATA_KEY, "\"File\"");
        Field server = new Field("a", new FieldType(true, ArrowType.Utf8.INSTANCE, null, file), null);
        assertThat(arrowTypes.toType(server)).isEqualTo(KalamDataType.TEXT);
    }

    @Test
    void answersConversionsFromItsCache() {
        List<KalamDataType> columns = List.of(
                KalamDataType.BIGINT,
                KalamDataType.TEXT,
                KalamDataType.JSON,
                KalamDataType.TIMESTAMP,
                KalamDataType.decimal(12, 2),
                KalamDataType.embedding(768));
        assertThat(arrowTypes.statistics()).isEqualTo(new ConversionStatistics(0, 0, 0));
        for (int i = 0; i < 5_000; i++) {
            KalamDataType type = columns.get(i % columns.size());
            Field field = arrowTypes.toField("column_" + i, type, i % 4 != 0);
            assertThat(arrowTypes.toType(field)).isEqualTo(type);
        }
        ConversionStatistics statistics = arrowTypes.statistics();
        assertThat(statistics.hits() + statistics.misses()).isEqualTo(10_000);
        assertThat(statistics.hitRate()).isGreaterThan(0.99);
        assertThat(statistics.size()).isEqualTo(statistics.misses());
    }

    @Test
    void boundsItsCache() {
        ArrowTypes small = new ArrowTypes(10);
        for (int dimension = 1; dimension <= 1000; dimension++) {
            small.toType(small.toField("v", KalamDataType.embedding(dimension), true));
        }
        assertThat(small.statistics().size()).isLessThanOrEqualTo(20);
    }

    private ArrowType arrowType(KalamDataType type) {
        return arrowTypes.toField("a", type, true).getType();
    }

    private KalamDataType foreign(ArrowType type, Field... children) {
        return arrowTypes.toType(new Field("a", FieldType.nullable(type), List.of(children)));
    }

    private void assertUnsupported(ArrowType type, Field... children) {
        assertThatThrownBy(() -> foreign(type, children))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
                .hasMessageStartingWith("Unsupported Arrow type " + type + " of field \"a\", supported are Bool");
    }
}
