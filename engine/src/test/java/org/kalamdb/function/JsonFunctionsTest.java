// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class JsonFunctionsTest {
    private static final String DOCUMENT =
            "{ \"a\" : {\"b\": [1.50, -3, \"x\\u0041\\\"\", null, true]}, \"n\": 1e2, \"a2\": \"ü😀\", \"z\": 12 }";

    @Test
    void returnsTheVeryTextOfAPart() {
        String inner = JsonFunctions.getByName(DOCUMENT, "a");
        assertThat(inner).isEqualTo("{\"b\": [1.50, -3, \"x\\u0041\\\"\", null, true]}");
        String array = JsonFunctions.getByName("{\"b\": [1.50, -3, \"x\\u0041\\\"\", null, true]}", "b");
        assertThat(array).isEqualTo("[1.50, -3, \"x\\u0041\\\"\", null, true]");
        assertThat(JsonFunctions.getByIndex(array, 0)).isEqualTo("1.50");
        assertThat(JsonFunctions.getByIndex(array, 2)).isEqualTo("\"x\\u0041\\\"\"");
        assertThat(JsonFunctions.getByIndex(array, 3)).isEqualTo("null");
        assertThat(JsonFunctions.getByIndex(array, -1)).isEqualTo("true");
        assertThat(JsonFunctions.getByName(DOCUMENT, "a2")).isEqualTo("\"ü😀\"");
        assertThat(JsonFunctions.getByName(DOCUMENT, "z")).isEqualTo("12");
        assertThat(JsonFunctions.getByName("{\"n\":7}", "n")).isEqualTo("7");
        assertThat(JsonFunctions.getByIndex("[7]", 0)).isEqualTo("7");
    }

    @Test
    void decodesText() {
        assertThat(JsonFunctions.getTextByIndex("[\"x\\u0041\\\"\"]", 0)).isEqualTo("xA\"");
        assertThat(JsonFunctions.getTextByIndex("[null]", 0)).isNull();
        assertThat(JsonFunctions.getTextByName(DOCUMENT, "n")).isEqualTo("1e2");
        assertThat(JsonFunctions.getIntByName(DOCUMENT, "n")).isEqualTo(100);
        assertThat(JsonFunctions.getFloatByName(DOCUMENT, "z")).isEqualTo(12);
        assertThat(JsonFunctions.getBoolByIndex("[false]", 0)).isFalse();
        assertThat(JsonFunctions.getIntByName(DOCUMENT, "a2")).isNull();
    }

    @Test
    void givesNullForWhatIsNotThere() {
        assertThat(JsonFunctions.getByName(DOCUMENT, "b")).isNull();
        assertThat(JsonFunctions.getByName("[1]", "b")).isNull();
        assertThat(JsonFunctions.getByIndex("[1]", 1)).isNull();
        assertThat(JsonFunctions.getByIndex("[1]", -2)).isNull();
        assertThat(JsonFunctions.getByIndex("{}", 0)).isNull();
        assertThat(JsonFunctions.arrayLength("{}")).isNull();
    }

    @Test
    void takesTheLastOfEqualNames() {
        assertThat(JsonFunctions.getByName("{\"a\":1,\"a\":2}", "a")).isEqualTo("2");
    }

    @Test
    void tellsKinds() {
        assertThat(JsonFunctions.typeOf("-1")).isEqualTo("number");
        assertThat(JsonFunctions.typeOf("null")).isEqualTo("null");
        assertThat(JsonFunctions.arrayLength("[1,[2,3],{}]")).isEqualTo(3);
        assertThat(JsonFunctions.contains("{\"a\":{\"b\":1}}", "a")).isTrue();
        assertThat(JsonFunctions.contains("{\"a\":{\"b\":1}}", "b")).isFalse();
        assertThat(JsonFunctions.contains("[\"a\"]", "a")).isTrue();
    }

    @Test
    void refusesWhatIsNotJson() {
        assertThatThrownBy(() -> JsonFunctions.getByName("{bad", "a"))
                .isInstanceOfSatisfying(
                        KalamException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_JSON));
    }
}
