// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The texts of TPC-H, read from the class path. */
final class TpchResources {
    private TpchResources() {}

    /** The statements that create the eight tables. */
    static List<String> schema() throws IOException {
        StatementBuffer buffer = new StatementBuffer();
        List<String> statements = new ArrayList<>();
        read("schema.sql").lines().forEach(line -> statements.addAll(buffer.add(line)));
        statements.addAll(buffer.finish());
        return statements;
    }

    /**
     * The query of that number with its title.
     *
     * @param number 1 to 22
     */
    static Query query(int number) throws IOException {
        String text = read(String.format(Locale.ROOT, "q%02d.sql", number));
        int endOfTitle = text.indexOf('\n');
        return new Query(
                text.substring(0, endOfTitle).replaceFirst("^--\\s*", ""),
                text.substring(endOfTitle + 1).strip());
    }

    private static String read(String name) throws IOException {
        try (InputStream in = TpchResources.class.getResourceAsStream("/tpch/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("tpch/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * A query and what it is about. Immutable.
     *
     * @param title one line
     * @param sql without a semicolon
     */
    record Query(String title, String sql) {}
}
