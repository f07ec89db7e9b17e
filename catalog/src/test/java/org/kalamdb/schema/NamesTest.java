// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.KalamDataType;

final class NamesTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a", "Mixed Case", "select", "naïve", "1st", "日本", "😀", "a.b", "$x"})
    void acceptsOrdinaryAndQuotedNames(String name) {
        assertThat(Names.requireNamespace(name)).isEqualTo(name);
        assertThat(Names.requireTable(name)).isEqualTo(name);
        assertThat(Names.requireColumn(name)).isEqualTo(name);
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"", "a\0b", "a/b", "a\\b", "..", "a..b", "\uD800"})
    void refusesNamesThatAreUnsafe(String name) {
        assertThatThrownBy(() -> Names.requireTable(name))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_NAME));
        assertThatThrownBy(() -> Names.requireNamespace(name)).isInstanceOf(KalamException.class);
    }

    @Test
    void letsColumnsHoldPathCharacters() {
        assertThat(Names.requireColumn("price/unit")).isEqualTo("price/unit");
    }

    @Test
    void limitsTheLength() {
        assertThat(Names.requireTable("x".repeat(128))).hasSize(128);
        assertThatThrownBy(() -> Names.requireTable("x".repeat(129)))
                .hasMessageStartingWith("Invalid table name: must have at most 128 characters, got 129: ");
    }

    @Test
    void quotesWhatIsNoLowerCaseWord() {
        assertThat(Names.quote("messages_2")).isEqualTo("messages_2");
        assertThat(Names.quote("Messages")).isEqualTo("\"Messages\"");
        assertThat(Names.quote("2nd")).isEqualTo("\"2nd\"");
        assertThat(Names.quote("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(new TableId("app", "My Table")).hasToString("app.\"My Table\"");
    }

    @Test
    void ordersAsUtf8BytesAreOrdered() {
        List<String> names = List.of("", "A", "a", "ab", "b", "é", "\uFFFD", "😀", "😁", "\uD7FF", "aé", "a😀");
        for (String left : names) {
            for (String right : names) {
                int bytes = Arrays.compareUnsigned(
                        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
                assertThat(Integer.signum(Names.ORDER.compare(left, right)))
                        .as("%s against %s", left, right)
                        .isEqualTo(Integer.signum(bytes));
            }
        }
    }

    @Test
    void reservesTheEnginesNamespaces() {
        assertThat(List.of("system", "information_schema", "sys", "pg_catalog")).allMatch(Names::isReservedNamespace);
        assertThat(List.of("main", "app", "System")).noneMatch(Names::isReservedNamespace);
    }

    @Test
    void validatesNamespacesAndViews() {
        assertThatThrownBy(() -> new NamespaceDefinition("a/b", Instant.EPOCH, Map.of()))
                .isInstanceOf(KalamException.class);
        assertThatThrownBy(() -> new NamespaceDefinition("a", Instant.EPOCH, Map.of("Region", "eu")))
                .hasMessageContaining("the key must be lower case, got: 'Region'");
        assertThatThrownBy(() -> new ViewDefinition(
                        new TableId("app", "v"),
                        " ",
                        "app",
                        List.of(ColumnDefinition.simple("a", 1, KalamDataType.INT)),
                        null,
                        Instant.EPOCH))
                .hasMessage("Invalid view app.v: the query must not be empty");
        assertThatThrownBy(() ->
                        new ViewDefinition(new TableId("app", "v"), "SELECT 1", "app", List.of(), null, Instant.EPOCH))
                .hasMessage("Invalid view app.v: must have at least one column");
    }
}
