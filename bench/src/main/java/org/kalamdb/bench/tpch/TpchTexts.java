// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.tpch;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The statements of TPC-H. Immutable. */
final class TpchTexts {
    private TpchTexts() {}

    /** A query without what stands around it, 1 to 22. */
    static String query(int number) {
        return resource(String.format(Locale.ROOT, "q%02d.sql", number)).strip();
    }

    /** What makes the eight tables. */
    static List<String> schema() {
        return Arrays.stream(resource("schema.sql").replaceAll("(?m)^--.*$", "").split(";"))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    private static String resource(String name) {
        try (InputStream in = TpchTexts.class.getResourceAsStream("/tpch/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("tpch/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
