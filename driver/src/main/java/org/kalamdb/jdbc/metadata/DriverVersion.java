// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of the driver and of the database inside it, which are the same. Immutable.
 *
 * @param text as the build names it, for example {@code 1.4.2}
 */
public record DriverVersion(String text, int major, int minor) {
    /** The version of these classes. */
    public static final DriverVersion CURRENT = load();

    private static DriverVersion load() {
        Properties properties = new Properties();
        try (InputStream stream = DriverVersion.class.getResourceAsStream("version.properties")) {
            if (stream == null) {
                throw new IllegalStateException("Cannot find version.properties beside the driver's classes");
            }
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parse(properties.getProperty("version", ""));
    }

    static DriverVersion parse(String text) {
        String[] parts = text.split("[.-]");
        if (parts.length < 2) {
            throw new IllegalArgumentException("Invalid version: must begin with <major>.<minor>, got: " + text);
        }
        return new DriverVersion(text, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }
}
