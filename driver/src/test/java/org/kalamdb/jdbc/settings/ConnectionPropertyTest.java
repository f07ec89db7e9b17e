// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ConnectionPropertyTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "jdbc.md");

    @Test
    void isDocumented() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains(table());
    }

    private static String table() {
        return Arrays.stream(ConnectionProperty.values())
                .map(property -> "| `" + property.key() + "` | " + defaultValue(property) + " | "
                        + property.description() + " |")
                .collect(Collectors.joining("\n", "| Property | Default | Meaning |\n| --- | --- | --- |\n", "\n"));
    }

    private static String defaultValue(ConnectionProperty property) {
        return property.defaultValue().isEmpty() ? "" : "`" + property.defaultValue() + "`";
    }

    @Test
    void hasUniqueKeysInLowerCamel() {
        List<String> keys = Arrays.stream(ConnectionProperty.values())
                .map(ConnectionProperty::key)
                .toList();

        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.matches("[a-z][a-zA-Z]*"));
    }

    @Test
    void listsTheKnownOnesForAnUnknownOne() throws SQLException {
        assertThat(ConnectionProperty.require("readOnly")).isEqualTo(ConnectionProperty.READ_ONLY);
        assertThatThrownBy(() -> ConnectionProperty.require("colour"))
                .hasMessageContaining(
                        "user, password, namespace, schema, readOnly, access, statementTimeout, isolation, lockTimeout, durability, memoryLimit, threads, columnCache, loginTimeout")
                .hasMessageEndingWith("got: colour");
    }
}
