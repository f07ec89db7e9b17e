// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamePatternTest {
    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
        "abc, abc, true",
        "abc, abd, false",
        "abc, abcd, false",
        "abc, ABC, false",
        "a%, abc, true",
        "a%, a, true",
        "a%, ba, false",
        "%c, abc, true",
        "%b%, abc, true",
        "a_c, abc, true",
        "a_c, ac, false",
        "a_c, abbc, false",
        "_, 😀, true",
        "a%b%c, aXbYbZc, true",
        "a%b%c, aXcYb, false",
        "a\\_c, a_c, true",
        "a\\_c, abc, false",
        "a\\%, a%, true",
        "a\\%, ab, false",
        "a\\\\b, a\\b, true",
        "a\\, a\\, true",
        "'', '', true",
        "'', a, false",
        "%, '', true"
    })
    void matchesAsLikeDoes(String pattern, String name, boolean expected) {
        assertThat(NamePattern.like(pattern).matches(name)).isEqualTo(expected);
    }

    @Test
    void takesNullForEverything() {
        assertThat(NamePattern.like(null)).isEqualTo(NamePattern.ALL);
        assertThat(NamePattern.exactly(null)).isEqualTo(NamePattern.ALL);
        assertThat(NamePattern.ALL.matches("anything")).isTrue();
        assertThat(NamePattern.ALL.exactName()).isNull();
    }

    @Test
    void knowsWhetherItIsExact() {
        assertThat(NamePattern.like("abc").exactName()).isEqualTo("abc");
        assertThat(NamePattern.like("my\\_table").exactName()).isEqualTo("my_table");
        assertThat(NamePattern.like("my_table").exactName()).isNull();
        assertThat(NamePattern.exactly("100%_\\").exactName()).isEqualTo("100%_\\");
        assertThat(NamePattern.exactly("100%_\\").matches("100%_\\")).isTrue();
        assertThat(NamePattern.like("ab\\_c%d").literalPrefix()).isEqualTo("ab_c");
        assertThat(NamePattern.exactly("100%_\\")).hasToString("100\\%\\_\\\\");
    }

    @Test
    void agreesWithRegularExpressions() {
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String pattern = text(random, "ab%_");
            String name = text(random, "ab");
            Pattern regex = Pattern.compile(pattern.replace("%", ".*").replace("_", "."));
            assertThat(NamePattern.like(pattern).matches(name))
                    .as("seed %d: %s against %s", seed, pattern, name)
                    .isEqualTo(regex.matcher(name).matches());
        }
    }

    private static String text(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
