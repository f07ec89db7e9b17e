// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the shell was asked to do. Immutable.
 *
 * @param url the JDBC URL to connect to
 * @param user the acting user, or null for the driver's default
 * @param sql statements to run instead of reading any, or null
 * @param file file to read statements from, or null; not together with {@code sql}
 */
record ShellOptions(
        String url,
        @Nullable String user,
        @Nullable String sql,
        @Nullable Path file) {
    static final String DEFAULT_URL = "jdbc:kalamdb:mem:shell";

    static ShellOptions parse(List<String> args) {
        String url = null;
        String user = null;
        String sql = null;
        Path file = null;
        Arguments arguments = new Arguments(args);
        while (arguments.hasNext()) {
            String option = arguments.next();
            switch (option) {
                case "-u", "--user" -> user = arguments.valueOf(option);
                case "-c", "--command" -> sql = arguments.valueOf(option);
                case "-f", "--file" -> file = Path.of(arguments.valueOf(option));
                default -> {
                    if (option.startsWith("-") || url != null) {
                        throw new UsageException("Unknown option of sql: " + option);
                    }
                    url = toUrl(option);
                }
            }
        }
        if (sql != null && file != null) {
            throw new UsageException("Options -c and -f cannot be used together");
        }
        return new ShellOptions(url == null ? DEFAULT_URL : url, user, sql, file);
    }

    /** A URL as it is; anything else is taken for the folder of a database. */
    private static String toUrl(String argument) {
        return argument.startsWith("jdbc:") ? argument : "jdbc:kalamdb:" + argument;
    }
}
