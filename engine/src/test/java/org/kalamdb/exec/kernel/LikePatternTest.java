// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LikePatternTest {
    private static final long SEED = 20261123;
    /** Few letters, so that parts of a pattern are found often and nearly found more often. */
    private static final String[] LETTERS = {"a", "b", "é", "語", "😀"};

    /** Matches a text that lies between others in its array. */
    private static boolean matches(String pattern, String text, String before, String behind) {
        int start = before.getBytes(StandardCharsets.UTF_8).length;
        int end = start + text.getBytes(StandardCharsets.UTF_8).length;
        byte[] data = (before + text + behind).getBytes(StandardCharsets.UTF_8);
        return LikePattern.of(pattern, -1).matches(data, start, end);
    }

    @ParameterizedTest(name = "{1} LIKE {0}: {2}")
    @CsvSource({
        "%b%, aaaaaaaab, true",
        "%bb%, aaaaaaab, false",
        "%special%requests%, the special deposits and some requests of more than eight bytes, true",
        "%special%requests%, the requests are special, false",
        "%requests, the requests, true",
        "a%a, a, false",
        "a%a, aa, true",
        "%a_b%, xxxxxxxaéb, true",
        "%_, '', false",
        "%, '', true",
        "'', '', true"
    })
    void matchesAsSqlSays(String pattern, String text, boolean matches) {
        assertThat(matches(pattern, text, "", "")).isEqualTo(matches);
        assertThat(matches(pattern, text, "special", "requests are not part of it"))
                .isEqualTo(matches);
    }

    @Test
    void agreesWithComparingCharacterByCharacter() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String text = letters(random, random.nextInt(40), 0);
            String pattern = letters(random, random.nextInt(8), 3);
            String behind = letters(random, random.nextInt(12), 0);
            assertThat(matches(pattern, text, letters(random, random.nextInt(4), 0), behind))
                    .as("'%s' LIKE '%s', seed %d", text, pattern, SEED)
                    .isEqualTo(matchesFrom(
                            pattern.codePoints().toArray(), 0, text.codePoints().toArray(), 0));
        }
    }

    private static String letters(Random random, int count, int wildcardsInTen) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            boolean wild = random.nextInt(10) < wildcardsInTen;
            letters.append(wild ? random.nextBoolean() ? "%" : "_" : LETTERS[random.nextInt(LETTERS.length)]);
        }
        return letters.toString();
    }

    private static boolean matchesFrom(int[] pattern, int p, int[] text, int t) {
        if (p == pattern.length) {
            return t == text.length;
        }
        if (pattern[p] == '%') {
            return matchesFrom(pattern, p + 1, text, t) || t < text.length && matchesFrom(pattern, p, text, t + 1);
        }
        return t < text.length
                && (pattern[p] == '_' || pattern[p] == text[t])
                && matchesFrom(pattern, p + 1, text, t + 1);
    }
}
