// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class ValueCodecTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.kalamdb.type.SampleValues#all")
    void readsBackEveryValue(SampleValues.Sample sample) {
        byte[] bytes = ValueCodec.encode(sample.type(), sample.stored());
        assertThat(bytes[0]).isEqualTo(sample.type().kind().tag());
        TaggedValue value = ValueCodec.decode(bytes);
        assertThat(value.type()).isEqualTo(sample.type());
        assertThat(value.stored()).isEqualTo(sample.stored());
        assertThat(ValueCodec.decode(sample.type(), bytes)).isEqualTo(sample.stored());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.kalamdb.type.SampleValues#all")
    void refusesValuesThatEndEarlyOrLate(SampleValues.Sample sample) {
        byte[] bytes = ValueCodec.encode(sample.type(), sample.stored());
        for (int length = 0; length < Math.min(bytes.length, 64); length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertInvalid(truncated).hasMessageContaining("unexpected end");
        }
        assertInvalid(Arrays.copyOf(bytes, bytes.length + 1)).hasMessageContaining("1 bytes after the end");
    }

    @Test
    void writesTheDocumentedBytes() {
        assertBytes(KalamDataType.INT, 42, "022A000000");
        assertBytes(KalamDataType.embedding(3), new float[] {1.0f, 2.5f, 3.7f}, "0D030000000000803F00002040CDCC6C40");
        assertBytes(KalamDataType.BOOLEAN, true, "0101");
        assertBytes(KalamDataType.BIGINT, -2L, "03FEFFFFFFFFFFFFFF");
        assertBytes(KalamDataType.DOUBLE, 1.0, "04000000000000F03F");
        assertBytes(KalamDataType.FLOAT, 1.0f, "050000803F");
        assertBytes(KalamDataType.TEXT, "hé", "060300000068C3A9");
        assertBytes(KalamDataType.TIMESTAMP, 1L, "070100000000000000");
        assertBytes(KalamDataType.DATE, -1, "08FFFFFFFF");
        assertBytes(KalamDataType.DATETIME, 256L, "090001000000000000");
        assertBytes(KalamDataType.TIME, 1_000_000L, "0A40420F0000000000");
        assertBytes(KalamDataType.JSON, "{}", "0B020000007B7D");
        assertBytes(KalamDataType.BYTES, new byte[] {1, -1}, "0C0200000001FF");
        assertBytes(
                KalamDataType.UUID,
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                "0E123E4567E89B12D3A456426614174000");
        assertBytes(KalamDataType.decimal(10, 2), new BigDecimal("-1.28"), "0F0A020180");
        assertBytes(KalamDataType.decimal(10, 2), new BigDecimal("1.28"), "0F0A02028000");
        assertBytes(KalamDataType.SMALLINT, (short) 258, "100201");
        assertThat(HEX.formatHex(ValueCodec.encode(KalamDataType.INT, null))).isEqualTo("00");
        assertThat(ValueCodec.decode(new byte[] {0})).isEqualTo(TaggedValue.NULL);
        assertThat(ValueCodec.decode(KalamDataType.INT, new byte[] {0})).isNull();
    }

    @Test
    void refusesWhatIsNoValue() {
        assertInvalid("").hasMessage("Invalid value encoding at byte 0: unexpected end, the tag needs 1 byte, 0 left");
        assertInvalid("7F").hasMessage("Invalid value encoding at byte 0: unknown tag 0x7F");
        assertInvalid("0102").hasMessage("Invalid value encoding at byte 1: BOOLEAN must be 0x00 or 0x01, got: 0x02");
        assertInvalid("06FFFFFFFF61").hasMessageContaining("the TEXT needs 4294967295 bytes, 1 left");
        assertInvalid("06FFFFFF7F61").hasMessageContaining("the TEXT needs 2147483647 bytes, 1 left");
        assertInvalid("0602000000C328").hasMessage("Invalid value encoding at byte 5: the TEXT is not valid UTF-8");
        assertInvalid("0603000000EDA080").hasMessageContaining("not valid UTF-8");
        assertInvalid("0B010000007B").hasMessageContaining("Invalid JSON at line 1, column 2");
        assertInvalid("0AFFFFFFFFFFFFFFFF").hasMessageContaining("TIME must be between 0 and 86399999999, got: -1");
        assertInvalid("0A0060D71D14000000").hasMessageContaining("got: 86400000000");
        assertInvalid("08FFFFFF7F").hasMessageContaining("DATE must be between -719162 and 2932896");
        assertInvalid("07FFFFFFFFFFFFFF7F").hasMessageContaining("TIMESTAMP must be between");
        assertInvalid("0D00000000").hasMessageContaining("dimension must be between 1 and 8192, got: 0");
        assertInvalid("0DFFFFFFFF").hasMessageContaining("got: 4294967295");
        assertInvalid("0D010000000000C07F").hasMessageContaining("elements must be finite, element 1 is NaN");
        assertInvalid("0F27000100").hasMessageContaining("precision must be between 1 and 38, got: 39");
        assertInvalid("0F0506").hasMessageContaining("got: 6");
        assertInvalid("0F050200").hasMessageContaining("DECIMAL length must be between 1 and 16, got: 0");
        assertInvalid("0F050211").hasMessageContaining("got: 17");
        assertInvalid("0F050202FFFF").hasMessageContaining("not in its shortest form");
        assertInvalid("0F0100010A").hasMessageContaining("DECIMAL of 2 digits exceeds precision 1");
    }

    @Test
    void refusesValuesOfAnotherType() {
        byte[] bytes = ValueCodec.encode(KalamDataType.INT, 1);
        assertThatThrownBy(() -> ValueCodec.decode(KalamDataType.BIGINT, bytes))
                .hasMessageContaining("expected a value of BIGINT, got one of INT");
        byte[] vector = ValueCodec.encode(KalamDataType.embedding(1), new float[1]);
        assertThatThrownBy(() -> ValueCodec.decode(KalamDataType.embedding(2), vector))
                .hasMessageContaining("expected a value of EMBEDDING(2), got one of EMBEDDING(1)");
    }

    @Test
    void refusesToWriteWhatIsNotOfTheType() {
        assertThatThrownBy(() -> ValueCodec.encode(KalamDataType.embedding(2), new float[3]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ValueCodec.encode(KalamDataType.decimal(3, 1), new BigDecimal("1.25")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ValueCodec.encode(KalamDataType.decimal(3, 1), new BigDecimal("100.0")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsValuesOneAfterTheOther() {
        ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex("022A000000" + "00" + "0101"));
        assertThat(ValueCodec.decode(bytes)).isEqualTo(new TaggedValue(KalamDataType.INT, 42));
        assertThat(ValueCodec.decode(bytes)).isEqualTo(TaggedValue.NULL);
        assertThat(ValueCodec.decode(bytes)).isEqualTo(new TaggedValue(KalamDataType.BOOLEAN, true));
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void readsBackRandomDecimals() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int precision = 1 + random.nextInt(38);
            DecimalType type = KalamDataType.decimal(precision, random.nextInt(precision + 1));
            BigInteger unscaled = new BigInteger(random.nextInt(127), random).mod(BigInteger.TEN.pow(precision));
            BigDecimal value = new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
            byte[] bytes = ValueCodec.encode(type, value);
            assertThat(ValueCodec.decode(type, bytes)).as("seed %d", seed).isEqualTo(value);
            String text = StoredValues.toText(type, value);
            assertThat(StoredValues.parse(type, text)).as("seed %d", seed).isEqualTo(value);
        }
    }

    @Test
    void answersDamagedValuesWithAValueOrAnEncodingError() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<SampleValues.Sample> samples = SampleValues.all();
        for (int i = 0; i < 100_000; i++) {
            SampleValues.Sample sample = samples.get(random.nextInt(samples.size()));
            byte[] bytes = damage(ValueCodec.encode(sample.type(), sample.stored()), random);
            try {
                TaggedValue value = ValueCodec.decode(bytes);
                if (value.type() != null
                        && value.type() != KalamDataType.FLOAT
                        && value.type() != KalamDataType.DOUBLE) {
                    assertThat(ValueCodec.encode(value.type(), value.stored()))
                            .as("seed %d", seed)
                            .isEqualTo(bytes);
                }
            } catch (KalamException e) {
                assertThat(e.code()).as("seed %d", seed).isEqualTo(ErrorCode.INVALID_ENCODING);
            }
        }
    }

    private static byte[] damage(byte[] bytes, Random random) {
        byte[] result = Arrays.copyOf(bytes, Math.max(0, bytes.length + random.nextInt(7) - 3));
        for (int flips = random.nextInt(4); flips > 0 && result.length > 0; flips--) {
            // Mostly near the start, where tags, lengths and parameters are.
            int at = random.nextInt(random.nextBoolean() ? Math.min(8, result.length) : result.length);
            result[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (result[at] ^ 1 << random.nextInt(8));
        }
        return result;
    }

    private static void assertBytes(KalamDataType type, Object stored, String hex) {
        assertThat(HEX.formatHex(ValueCodec.encode(type, stored))).isEqualTo(hex);
        assertThat(ValueCodec.decode(type, HEX.parseHex(hex))).isEqualTo(stored);
    }

    private static AbstractThrowableAssert<?, ?> assertInvalid(String hex) {
        return assertInvalid(HEX.parseHex(hex));
    }

    private static AbstractThrowableAssert<?, ?> assertInvalid(byte[] bytes) {
        return assertThatThrownBy(() -> ValueCodec.decode(bytes))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ENCODING));
    }
}
