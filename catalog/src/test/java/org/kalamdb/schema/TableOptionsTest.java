// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class TableOptionsTest {
    private final ObjectMapper mapper = new ObjectMapper();

    static List<TableOptions> options() {
        return List.of(
                TableOptions.user(),
                new TableOptions.User(true, 10, false, Compression.ZSTD),
                TableOptions.shared(),
                new TableOptions.Shared(AccessLevel.DBA, false, 1, Compression.NONE, true),
                TableOptions.stream(60),
                new TableOptions.Stream(1, EvictionStrategy.HYBRID, 1L << 40, false, 0, Compression.LZ4),
                TableOptions.system(),
                new TableOptions.System(false, false, 0, true));
    }

    @Test
    void hasTheDocumentedDefaults() {
        assertThat(TableOptions.user()).isEqualTo(new TableOptions.User(false, 0, true, Compression.SNAPPY));
        assertThat(TableOptions.shared())
                .isEqualTo(new TableOptions.Shared(AccessLevel.PRIVATE, true, 3600, Compression.SNAPPY, false));
        assertThat(TableOptions.defaults(TableType.STREAM))
                .isEqualTo(
                        new TableOptions.Stream(86_400, EvictionStrategy.TIME_BASED, 0, true, 60, Compression.SNAPPY));
        assertThat(TableOptions.system()).isEqualTo(new TableOptions.System(true, true, 300, false));
    }

    @Test
    void answersCommonAccessorsForEveryVariant() {
        assertThat(TableOptions.user().compression()).isEqualTo(Compression.SNAPPY);
        assertThat(TableOptions.system().compression()).isEqualTo(Compression.NONE);
        assertThat(TableOptions.user().isCacheEnabled()).isFalse();
        assertThat(TableOptions.user().cacheTtlSeconds()).isZero();
        assertThat(TableOptions.stream(5).isCacheEnabled()).isFalse();
        assertThat(TableOptions.shared().isCacheEnabled()).isTrue();
        assertThat(TableOptions.shared().cacheTtlSeconds()).isEqualTo(3600);
        assertThat(TableOptions.system().cacheTtlSeconds()).isEqualTo(300);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void readsTheJsonItWrites(TableOptions options) throws Exception {
        assertThat(options.toJson().path("table_type").asText())
                .isEqualTo(options.tableType().name());
        assertThat(TableOptions.fromJson(mapper.readTree(options.toJson().toString())))
                .isEqualTo(options);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(TableType.class)
    void fillsMissingFieldsAndPassesOverUnknownOnes(TableType type) throws Exception {
        assertThat(TableOptions.fromJson(mapper.readTree("{\"table_type\":\"" + type + "\",\"later\":1}")))
                .isEqualTo(TableOptions.defaults(type));
    }

    @Test
    void refusesUnknownTagsAndValues() throws Exception {
        for (String json :
                List.of("{}", "{\"table_type\":\"X\"}", "{\"table_type\":\"USER\",\"compression\":\"rar\"}")) {
            assertThatThrownBy(() -> TableOptions.fromJson(mapper.readTree(json)))
                    .isInstanceOfSatisfying(
                            KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
        }
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> TableOptions.stream(0)).hasMessage("Invalid ttl_seconds: must be at least 1, got: 0");
        assertThatThrownBy(() -> new TableOptions.User(false, -1, true, Compression.NONE))
                .hasMessage("Invalid max_rows_per_user: must be at least 0, got: -1");
    }
}
