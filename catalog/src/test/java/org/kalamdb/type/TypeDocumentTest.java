// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.JDBCType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;

/** {@code docs/types.md} says what the code does. */
final class TypeDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "types.md");
    private static final Pattern EXAMPLE = Pattern.compile("^\\| ([^|]+?) \\| `([^`]+)` \\| `([0-9A-F ]+)` \\|$");

    @Test
    void namesEveryTypeAndAlias() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains(names());
    }

    @Test
    void mapsEveryType() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains(mappings());
    }

    @Test
    void writesTheExamplesAsItSays() throws IOException {
        int examples = 0;
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher matcher = EXAMPLE.matcher(line);
            if (matcher.matches()) {
                KalamDataType type = type(matcher.group(1));
                byte[] bytes = ValueCodec.encode(type, StoredValues.parse(type, matcher.group(2)));
                assertThat(HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes))
                        .as(line)
                        .isEqualTo(matcher.group(3));
                examples++;
            }
        }
        assertThat(examples).isGreaterThanOrEqualTo(TypeKind.values().length);
    }

    private static KalamDataType type(String text) {
        int open = text.indexOf('(');
        if (open < 0) {
            return SqlTypeNames.resolve(text, List.of()).type();
        }
        List<Integer> arguments = Stream.of(
                        text.substring(open + 1, text.length() - 1).split(", ", -1))
                .map(Integer::valueOf)
                .toList();
        return SqlTypeNames.resolve(text.substring(0, open), arguments).type();
    }

    private static String names() {
        return kinds().map(kind -> {
                    TypeMapping mapping = TypeMapping.of(kind);
                    return "| " + sqlName(kind) + " | " + String.join(", ", mapping.aliases()) + " | "
                            + String.join(", ", mapping.serialNames()) + " |";
                })
                .collect(Collectors.joining(
                        "\n", "| Type | Also named | Numbered by the engine |\n| --- | --- | --- |\n", "\n"));
    }

    private static String mappings() {
        ArrowTypes arrow = new ArrowTypes();
        return kinds().map(kind -> {
                    KalamDataType type = example(kind);
                    TypeMapping mapping = TypeMapping.of(kind);
                    return "| %s | %s | `%s` | `%s` | `%s` | 0x%02X |"
                            .formatted(
                                    sqlName(kind),
                                    JDBCType.valueOf(mapping.jdbcType()),
                                    mapping.javaClassName(),
                                    arrow.toField("c", type, true).getType(),
                                    parquet(ParquetTypes.toParquet(1, "c", type, true)),
                                    kind.tag());
                })
                .collect(Collectors.joining(
                        "\n",
                        "| Type | java.sql.Types | Java class | Arrow | Parquet | Tag |\n"
                                + "| --- | --- | --- | --- | --- | --- |\n",
                        "\n"));
    }

    /** The schema of a column on one line, without its name and id. */
    private static String parquet(Type column) {
        StringBuilder text = new StringBuilder();
        column.writeToStringBuilder(text, "");
        return text.toString()
                .replaceAll("\\s+", " ")
                .replaceAll(" = \\d+", "")
                .replaceFirst("^optional ", "")
                .replaceFirst(" c\\b", "")
                .strip();
    }

    private static String sqlName(TypeKind kind) {
        return example(kind).toString();
    }

    private static KalamDataType example(TypeKind kind) {
        return switch (kind) {
            case DECIMAL -> KalamDataType.decimal(10, 2);
            case EMBEDDING -> KalamDataType.embedding(3);
            case BOOLEAN,
                    INT,
                    BIGINT,
                    DOUBLE,
                    FLOAT,
                    TEXT,
                    TIMESTAMP,
                    DATE,
                    DATETIME,
                    TIME,
                    JSON,
                    BYTES,
                    UUID,
                    SMALLINT -> ScalarType.of(kind);
        };
    }

    private static Stream<TypeKind> kinds() {
        return Arrays.stream(TypeKind.values()).sorted(Comparator.comparing(TypeKind::tag));
    }
}
