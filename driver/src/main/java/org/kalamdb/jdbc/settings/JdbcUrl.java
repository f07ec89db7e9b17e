// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.settings;

import java.io.File;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.error.SqlExceptions;

/**
 * A parsed URL: where the database lives and the properties it names. Immutable.
 *
 * @param location where the database lives; a private one for {@code jdbc:kalamdb:mem:} without a name
 * @param properties what the URL says after its question mark
 */
public record JdbcUrl(DatabaseLocation location, Map<ConnectionProperty, String> properties) {
    /** What every URL of the driver begins with. */
    public static final String PREFIX = "jdbc:kalamdb:";

    /** Also as users of SQLite, DuckDB and Derby write it. */
    private static final Pattern MEMORY = Pattern.compile(":?mem(?:ory)?:(?<name>.*)", Pattern.CASE_INSENSITIVE);

    /** How users of H2 and Derby write a property. */
    private static final Pattern PROPERTY_AFTER_SEMICOLON = Pattern.compile(";\\s*(?<property>\\w+)=");

    private static final String FILE_URI = "file:/";

    public JdbcUrl {
        properties = Collections.unmodifiableMap(properties);
    }

    /** Whether a URL is for this driver. */
    public static boolean accepts(String url) {
        return url.startsWith(PREFIX);
    }

    /** @param url a URL that {@link #accepts} */
    public static JdbcUrl parse(String url) throws SQLException {
        String rest = url.substring(PREFIX.length());
        int mark = rest.indexOf('?');
        String target = mark < 0 ? rest : rest.substring(0, mark);
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        return new JdbcUrl(parseLocation(target, url), parseProperties(query, url));
    }

    private static DatabaseLocation parseLocation(String target, String url) throws SQLException {
        if (target.isEmpty()) {
            return privateMemory();
        }
        if (target.startsWith("//")) {
            throw SqlExceptions.notSupported(
                    "Unsupported URL of a server, write jdbc:kalamdb:<folder> to open a database"
                            + " inside this process, got: " + url);
        }
        Matcher semicolon = PROPERTY_AFTER_SEMICOLON.matcher(target);
        if (semicolon.find()) {
            throw invalid(
                    "has the property " + semicolon.group("property")
                            + " after a semicolon, write a question mark before the first property and & before others",
                    PREFIX + target.substring(0, semicolon.start()));
        }
        Matcher memory = MEMORY.matcher(target);
        if (memory.matches()) {
            String name = memory.group("name");
            return name.isEmpty() ? privateMemory() : new DatabaseLocation.Memory(name);
        }
        try {
            Path path = target.startsWith(FILE_URI)
                    ? Path.of(URI.create(target))
                    : Path.of(pathText(target, System.getProperty("user.home", ""), File.separatorChar));
            return new DatabaseLocation.Folder(path.toAbsolutePath().normalize());
        } catch (InvalidPathException | FileSystemNotFoundException e) {
            throw invalid("names no valid folder (" + e.getMessage() + ")", url);
        } catch (IllegalArgumentException e) {
            throw invalid("names no valid file URI (" + e.getMessage() + ")", url);
        }
    }

    /** A database in memory that no other connection opens. */
    private static DatabaseLocation privateMemory() {
        return new DatabaseLocation.Memory("private-" + UUID.randomUUID());
    }

    /** The path that {@code target} means, with the home folder put in for a leading {@code ~}. */
    static String pathText(String target, String home, char separator) {
        if (target.equals("~") || target.startsWith("~/") || target.startsWith("~" + separator)) {
            return home + target.substring(1);
        }
        boolean slashBeforeDrive = separator == '\\'
                && target.length() > 2
                && target.charAt(0) == '/'
                && Character.isLetter(target.charAt(1))
                && target.charAt(2) == ':';
        return slashBeforeDrive ? target.substring(1) : target;
    }

    private static Map<ConnectionProperty, String> parseProperties(String query, String url) throws SQLException {
        Map<ConnectionProperty, String> properties = new EnumMap<>(ConnectionProperty.class);
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw invalid("has a property without a value, write " + pair + "=<value>", url);
            }
            ConnectionProperty property = ConnectionProperty.require(decode(pair.substring(0, equals), url));
            if (properties.put(property, decode(pair.substring(equals + 1), url)) != null) {
                throw invalid("gives the property " + property.key() + " twice", url);
            }
        }
        return properties;
    }

    /** Percent decoding; a plus sign stays one. */
    private static String decode(String text, String url) throws SQLException {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("has an incomplete percent escape in " + text, url);
        }
    }

    /** Properties are left out of messages: they may hold a password. */
    private static SQLException invalid(String problem, String url) {
        int mark = url.indexOf('?');
        String shown = mark < 0 ? url : url.substring(0, mark);
        return SqlExceptions.error(ErrorCode.INVALID_URL, "Invalid URL: it " + problem + ", got: " + shown);
    }
}
