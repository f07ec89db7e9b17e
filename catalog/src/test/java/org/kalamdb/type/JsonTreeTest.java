// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTreeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-2147483648",
                "9223372036854775807",
                "123456789012345678901234567890",
                "1.50",
                "0.1000000000000000055511151231257827",
                "\"\"",
                "\"a \\\"quoted\\\" \\\\ \\n line\"",
                "\"\u00e9 \u4e16 \uD83D\uDE00\"",
                "[]",
                "{}",
                "[1,[2,[]],{\"a\":null}]",
                "{\"b\":{\"c\":[true,\"x\"]},\"a\":1}"
            })
    void writesWhatItRead(String text) throws IOException {
        assertThat(JsonTree.text(JsonTree.parse(text))).isEqualTo(text);
        assertThat(new String(JsonTree.bytes(JsonTree.parse(text.getBytes(UTF_8))), UTF_8))
                .isEqualTo(text);
    }

    @Test
    void writesBinaryFractionsAsJavaDoes() {
        assertThat(JsonTree.text(DoubleNode.valueOf(0.1))).isEqualTo("0.1");
        assertThat(JsonTree.text(FloatNode.valueOf(2.5f))).isEqualTo("2.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "1 2", "nul", "'a'", "}", "NaN"})
    void refusesWhatIsNotOneValue(String text) {
        assertThatThrownBy(() -> JsonTree.parse(text)).isInstanceOf(JsonProcessingException.class);
    }
}
