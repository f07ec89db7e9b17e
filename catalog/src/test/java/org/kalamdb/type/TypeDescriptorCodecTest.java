// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class TypeDescriptorCodecTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    static List<KalamDataType> types() {
        return SampleTypes.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void readsBackEveryType(KalamDataType type) {
        byte[] bytes = TypeDescriptorCodec.encode(type);
        assertThat(bytes[0]).isEqualTo(type.kind().tag());
        assertThat(TypeDescriptorCodec.decode(bytes)).isEqualTo(type);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "BOOLEAN, 01",
        "INT, 02",
        "BIGINT, 03",
        "DOUBLE, 04",
        "FLOAT, 05",
        "TEXT, 06",
        "TIMESTAMP, 07",
        "DATE, 08",
        "DATETIME, 09",
        "TIME, 0A",
        "JSON, 0B",
        "BYTES, 0C",
        "UUID, 0E",
        "SMALLINT, 10"
    })
    void writesTheTagAlone(ScalarType type, String hex) {
        assertThat(HEX.formatHex(TypeDescriptorCodec.encode(type))).isEqualTo(hex);
    }

    @Test
    void writesParametersBehindTheTag() {
        assertThat(HEX.formatHex(TypeDescriptorCodec.encode(KalamDataType.embedding(384))))
                .isEqualTo("0D80010000");
        assertThat(HEX.formatHex(TypeDescriptorCodec.encode(KalamDataType.decimal(38, 10))))
                .isEqualTo("0F260A");
    }

    @Test
    void refusesWhatIsNoType() {
        assertInvalid("").hasMessage("Invalid type encoding at byte 0: unexpected end, the tag needs 1 byte, 0 left");
        assertInvalid("00").hasMessage("Invalid type encoding at byte 0: unknown tag 0x00");
        assertInvalid("11").hasMessageContaining("unknown tag 0x11");
        assertInvalid("FF").hasMessageContaining("unknown tag 0xFF");
        assertInvalid("0D").hasMessageContaining("unexpected end");
        assertInvalid("0D800100").hasMessageContaining("needs 4 bytes, 3 left");
        assertInvalid("0D00000000").hasMessageContaining("must be between 1 and 8192, got: 0");
        assertInvalid("0D01200000").hasMessageContaining("must be between 1 and 8192, got: 8193");
        assertInvalid("0DFFFFFFFF").hasMessageContaining("got: 4294967295");
        assertInvalid("0F").hasMessageContaining("unexpected end");
        assertInvalid("0F26").hasMessageContaining("unexpected end");
        assertInvalid("0F0000").hasMessageContaining("precision must be between 1 and 38, got: 0");
        assertInvalid("0F2700").hasMessageContaining("got: 39");
        assertInvalid("0F0506").hasMessageContaining("precision 5, got: 6");
        assertInvalid("0201").hasMessageContaining("1 bytes after the end");
    }

    @Test
    void readsTypesOneAfterTheOther() {
        ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex("FF020D030000000F0502"), 1, 9);
        assertThat(TypeDescriptorCodec.decode(bytes)).isEqualTo(KalamDataType.INT);
        assertThat(TypeDescriptorCodec.decode(bytes)).isEqualTo(KalamDataType.embedding(3));
        assertThat(TypeDescriptorCodec.decode(bytes)).isEqualTo(KalamDataType.decimal(5, 2));
        assertThat(bytes.hasRemaining()).isFalse();
        assertThatThrownBy(() -> TypeDescriptorCodec.decode(bytes)).isInstanceOf(KalamException.class);
    }

    @Test
    void answersRandomBytesWithATypeOrAnEncodingError() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(7)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = (byte) random.nextInt(0x12);
            }
            try {
                KalamDataType type = TypeDescriptorCodec.decode(bytes);
                assertThat(TypeDescriptorCodec.encode(type)).as("seed %d", seed).isEqualTo(bytes);
            } catch (KalamException e) {
                assertThat(e.code()).as("seed %d", seed).isEqualTo(ErrorCode.INVALID_ENCODING);
            }
        }
    }

    private static AbstractThrowableAssert<?, ?> assertInvalid(String hex) {
        return assertThatThrownBy(() -> TypeDescriptorCodec.decode(HEX.parseHex(hex)))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ENCODING));
    }
}
