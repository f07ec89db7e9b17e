// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.util.List;
import java.util.Random;

/** What is chosen by chance. Confined to one thread. */
final class RandomChoice {
    private final Random random;

    RandomChoice(Random random) {
        this.random = random;
    }

    Random random() {
        return random;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** True once in {@code n} times. */
    boolean once(int n) {
        return random.nextInt(n) == 0;
    }

    String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    Literal literal(ColumnType type) {
        return new Literal(type, type.value(random), false);
    }
}
