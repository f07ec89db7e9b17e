// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Set;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * The rules for names of namespaces, tables, columns, constraints and indexes. Names are exact: folding of unquoted
 * identifiers is the parser's work, and what arrives here compares character by character. Safe for use by several
 * threads.
 */
public final class Names {
    /** Longest name, in UTF-16 units. */
    public static final int MAX_LENGTH = 128;

    /** The namespace of the engine's own tables. */
    public static final String SYSTEM_NAMESPACE = "system";

    /** The namespace of the standard's views of the catalog. */
    public static final String INFORMATION_SCHEMA = "information_schema";

    /** The namespace that a new database has and sessions start in. */
    public static final String DEFAULT_NAMESPACE = "main";

    /** The catalog that all namespaces are in, which may stand in front of them. */
    public static final String CATALOG = "def";

    /** Orders names by code point, as their UTF-8 bytes are ordered in the store. */
    public static final Comparator<String> ORDER = Names::compareCodePoints;

    private static final Set<String> RESERVED_NAMESPACES =
            Set.of(SYSTEM_NAMESPACE, INFORMATION_SCHEMA, "sys", "pg_catalog");

    private Names() {}

    /** Whether the engine keeps {@code namespace} for itself, so that no user can create it. */
    public static boolean isReservedNamespace(String namespace) {
        return RESERVED_NAMESPACES.contains(namespace);
    }

    /** Whether {@code namespace} holds the engine's own tables. */
    public static boolean isSystemNamespace(String namespace) {
        return namespace.equals(SYSTEM_NAMESPACE) || namespace.equals(INFORMATION_SCHEMA);
    }

    /** Whether a column name is kept for the engine: every name with a leading underscore is. */
    public static boolean isReservedColumn(String column) {
        return column.startsWith("_");
    }

    /**
     * {@code name} itself if it can name a namespace; names with an own folder may not hold path characters.
     *
     * @throws KalamException INVALID_NAME
     */
    public static String requireNamespace(String name) {
        return requirePathSafe("namespace", name);
    }

    /**
     * {@code name} itself if it can name a table or view.
     *
     * @throws KalamException INVALID_NAME
     */
    public static String requireTable(String name) {
        return requirePathSafe("table", name);
    }

    /**
     * {@code name} itself if it can name a column. Reserved names pass: the engine's own columns have them.
     *
     * @throws KalamException INVALID_NAME
     */
    public static String requireColumn(String name) {
        return requireName("column", name);
    }

    /**
     * {@code name} itself if it can name a constraint.
     *
     * @throws KalamException INVALID_NAME
     */
    public static String requireConstraint(String name) {
        return requireName("constraint", name);
    }

    /**
     * {@code name} itself if it can name an index.
     *
     * @throws KalamException INVALID_NAME
     */
    public static String requireIndex(String name) {
        return requireName("index", name);
    }

    /** The name as SQL text: plain if it is a lower-case word, else in double quotes. */
    public static String quote(String name) {
        return isPlain(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String requirePathSafe(String kind, String name) {
        requireName(kind, name);
        if (name.contains("..") || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new KalamException(
                    ErrorCode.INVALID_NAME,
                    "Invalid " + kind + " name: must not contain \"..\", \"/\" or \"\\\", got: " + quote(name));
        }
        return name;
    }

    private static String requireName(String kind, String name) {
        requireNonNull(name, "name is null");
        if (name.isEmpty()) {
            throw new KalamException(ErrorCode.INVALID_NAME, "Invalid " + kind + " name: must not be empty");
        }
        if (name.length() > MAX_LENGTH) {
            throw new KalamException(
                    ErrorCode.INVALID_NAME,
                    "Invalid " + kind + " name: must have at most " + MAX_LENGTH + " characters, got " + name.length()
                            + ": " + quote(name));
        }
        if (name.indexOf('\0') >= 0) {
            throw new KalamException(
                    ErrorCode.INVALID_NAME,
                    "Invalid " + kind + " name: must not contain the character NUL, got: "
                            + quote(name.replace('\0', '\uFFFD')));
        }
        requireWellFormed(kind, name);
        return name;
    }

    /** A lone surrogate has no UTF-8 form, so two such names would become one in the store. */
    private static void requireWellFormed(String kind, String name) {
        int point;
        for (int i = 0; i < name.length(); i += Character.charCount(point)) {
            point = name.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                throw new KalamException(
                        ErrorCode.INVALID_NAME, "Invalid " + kind + " name: must be well-formed Unicode text");
            }
        }
    }

    private static boolean isPlain(String name) {
        if (name.isEmpty()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c == '_' || (c >= 'a' && c <= 'z');
            boolean digit = c >= '0' && c <= '9';
            if (!letter && !(digit && i > 0)) {
                return false;
            }
        }
        return true;
    }

    private static int compareCodePoints(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                // Surrogates stand for the code points above all other characters.
                if (Character.isSurrogate(l) != Character.isSurrogate(r)) {
                    return Character.isSurrogate(l) ? 1 : -1;
                }
                return Character.compare(l, r);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
