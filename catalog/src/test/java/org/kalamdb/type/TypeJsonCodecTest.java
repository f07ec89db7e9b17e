// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class TypeJsonCodecTest {
    static List<KalamDataType> types() {
        return SampleTypes.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void readsBackEveryType(KalamDataType type) {
        assertThat(TypeJsonCodec.decode(TypeJsonCodec.encode(type))).isEqualTo(type);
    }

    @Test
    void writesTheNamesOfTheServer() {
        assertThat(TypeJsonCodec.encode(KalamDataType.BIGINT)).isEqualTo("\"BigInt\"");
        assertThat(TypeJsonCodec.encode(KalamDataType.DATETIME)).isEqualTo("\"DateTime\"");
        assertThat(TypeJsonCodec.encode(KalamDataType.embedding(384))).isEqualTo("{\"Embedding\":384}");
        assertThat(TypeJsonCodec.encode(KalamDataType.decimal(10, 2)))
                .isEqualTo("{\"Decimal\":{\"precision\":10,\"scale\":2}}");
    }

    @ParameterizedTest(name = "<{0}>")
    @ValueSource(
            strings = {
                " ",
                "null",
                "1",
                "Int",
                "\"int\"",
                "\"Int\" 1",
                "[\"Int\"]",
                "{}",
                "{\"Embedding\":0}",
                "{\"Embedding\":8193}",
                "{\"Embedding\":\"384\"}",
                "{\"Embedding\":3.5}",
                "{\"Embedding\":3,\"x\":1}",
                "{\"Decimal\":{\"precision\":10}}",
                "{\"Decimal\":{\"precision\":5,\"scale\":6}}",
                "{\"Decimal\":5}",
                "{\"Decimal\":"
            })
    void refusesWhatIsNoType(String text) {
        assertThatThrownBy(() -> TypeJsonCodec.decode(text))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ENCODING));
    }
}
