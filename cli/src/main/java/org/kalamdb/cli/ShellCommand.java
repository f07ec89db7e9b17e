// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The backslash commands of the shell. */
enum ShellCommand {
    QUIT("leave", "\\q", "\\quit"),
    HELP("show the commands", "\\?", "\\help"),
    TABLES("list the tables", "\\dt", "\\tables"),
    DESCRIBE("show the columns of a table: \\d messages", "\\d", "\\describe"),
    STATS("show counters of the database", "\\stats", "\\metrics");

    private final String description;
    private final List<String> spellings;

    ShellCommand(String description, String... spellings) {
        this.description = description;
        this.spellings = List.of(spellings);
    }

    /** The command that is spelt so, in any case. */
    static Optional<ShellCommand> find(String spelling) {
        String lower = spelling.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(command -> command.spellings.contains(lower))
                .findFirst();
    }

    /** All spellings of all commands. */
    static List<String> allSpellings() {
        return Arrays.stream(values())
                .flatMap(command -> command.spellings.stream())
                .toList();
    }

    /** One line for each command. */
    static String help() {
        return Arrays.stream(values())
                .map(command -> String.format(
                        Locale.ROOT, "  %-20s %s%n", String.join(", ", command.spellings), command.description))
                .collect(Collectors.joining());
    }
}
