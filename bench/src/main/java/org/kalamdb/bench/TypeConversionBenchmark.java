// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;
import org.kalamdb.type.ArrowTypes;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;
import org.kalamdb.type.ValueCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How long it takes to convert types and values. The goal for a type is less than 1 µs.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main TypeConversionBenchmark
 * }</pre>
 *
 * Confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TypeConversionBenchmark {
    private static final int DIMENSION = 384;

    private final ArrowTypes arrow = new ArrowTypes();
    private final KalamDataType price = KalamDataType.decimal(12, 2);
    private final KalamDataType embedding = KalamDataType.embedding(DIMENSION);
    private final KalamDataType[] types = {
        KalamDataType.BOOLEAN,
        KalamDataType.INT,
        KalamDataType.BIGINT,
        KalamDataType.DOUBLE,
        KalamDataType.TEXT,
        KalamDataType.JSON,
        price,
        embedding
    };
    private final LocalDateTime dateTime = LocalDateTime.of(2026, 5, 17, 10, 11, 12, 123_456_000);
    private final BigDecimal decimal = new BigDecimal("12345.67");
    private final float[] vector = new float[DIMENSION];
    private final String text = "a text of some twenty bytes";
    private int next;

    /** A type to an Arrow field and back, both out of the cache. */
    @Benchmark
    public KalamDataType arrowFieldAndBack() {
        Field field = arrow.toField("c", types[next++ & (types.length - 1)], true);
        return arrow.toType(field);
    }

    /** A parameter of class LocalDateTime. */
    @Benchmark
    public Object timestampFromJava() {
        return StoredValues.fromJava(KalamDataType.TIMESTAMP, dateTime);
    }

    /** A parameter of class BigDecimal, whose scale is that of the type. */
    @Benchmark
    public Object decimalFromJava() {
        return StoredValues.fromJava(price, decimal);
    }

    /** CAST of text. */
    @Benchmark
    public Object timestampFromText() {
        return StoredValues.parse(KalamDataType.TIMESTAMP, "2026-05-17 10:11:12.123456");
    }

    /** A value to bytes and back. */
    @Benchmark
    public @Nullable Object bigintAsBytesAndBack() {
        return ValueCodec.decode(KalamDataType.BIGINT, ValueCodec.encode(KalamDataType.BIGINT, 1_234_567_890_123L));
    }

    /** A value to bytes and back. */
    @Benchmark
    public @Nullable Object textAsBytesAndBack() {
        return ValueCodec.decode(KalamDataType.TEXT, ValueCodec.encode(KalamDataType.TEXT, text));
    }

    /** A value to bytes and back. */
    @Benchmark
    public @Nullable Object decimalAsBytesAndBack() {
        return ValueCodec.decode(price, ValueCodec.encode(price, decimal));
    }

    /** 384 numbers to bytes and back. */
    @Benchmark
    public @Nullable Object embeddingAsBytesAndBack() {
        return ValueCodec.decode(embedding, ValueCodec.encode(embedding, vector));
    }
}
