// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class FlushPolicyTest {
    static List<FlushPolicy> policies() {
        return List.of(
                new FlushPolicy.RowLimit(1),
                new FlushPolicy.RowLimit(999_999),
                new FlushPolicy.TimeInterval(86_399),
                new FlushPolicy.Combined(1000, 60));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("policies")
    void readsTheTextAndJsonItWrites(FlushPolicy policy) throws Exception {
        assertThat(FlushPolicy.parse(policy.toString())).isEqualTo(policy);
        assertThat(FlushPolicy.fromJson(
                        new ObjectMapper().readTree(policy.toJson().toString())))
                .isEqualTo(policy);
    }

    @Test
    void parsesTheDocumentedForms() {
        assertThat(FlushPolicy.parse("rows:1000")).isEqualTo(new FlushPolicy.RowLimit(1000));
        assertThat(FlushPolicy.parse("interval:60")).isEqualTo(new FlushPolicy.TimeInterval(60));
        assertThat(FlushPolicy.parse(" ROWS : 1000 , Interval:60 ")).isEqualTo(new FlushPolicy.Combined(1000, 60));
        assertThat(FlushPolicy.defaultPolicy()).isEqualTo(new FlushPolicy.RowLimit(10_000));
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(
            strings = {
                "",
                "rows",
                "rows:",
                "rows:-1",
                "rows:0",
                "rows:1000000",
                "rows:99999999999",
                "interval:0",
                "interval:86400",
                "rows:1,rows:2",
                "rows:1,interval:0",
                "every day"
            })
    void refusesOtherTexts(String text) {
        assertThatThrownBy(() -> FlushPolicy.parse(text))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
    }
}
