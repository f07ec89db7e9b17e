// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A cursor over command line arguments. Confined to one thread. */
final class Arguments {
    private final Deque<String> rest;

    Arguments(List<String> arguments) {
        this.rest = new ArrayDeque<>(arguments);
    }

    boolean hasNext() {
        return !rest.isEmpty();
    }

    String next() {
        return rest.remove();
    }

    /** The value that must follow {@code option}. */
    String valueOf(String option) {
        if (rest.isEmpty()) {
            throw new UsageException("Option " + option + " needs a value");
        }
        return rest.remove();
    }
}
