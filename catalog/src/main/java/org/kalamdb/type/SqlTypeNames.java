// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * The names that DDL and CAST accept for types. Names are matched in any case and with any blanks between words. Safe
 * for use by several threads.
 */
public final class SqlTypeNames {
    private static final int MAX_FRACTION_DIGITS = 6;
    private static final int MAX_FLOAT_BITS = 24;
    private static final int MAX_DOUBLE_BITS = 53;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    /** SQL gives these a length of 1 when they name none. */
    private static final Set<String> FIXED_LENGTH =
            Set.of("CHAR", "CHARACTER", "NCHAR", "NATIONAL CHAR", "NATIONAL CHARACTER");

    private static final Map<String, TypeKind> KINDS = new HashMap<>();
    private static final Map<String, TypeKind> SERIALS = new HashMap<>();

    static {
        for (TypeMapping mapping : TypeMapping.all()) {
            KINDS.put(mapping.sqlName(), mapping.kind());
            mapping.aliases().forEach(alias -> KINDS.put(alias, mapping.kind()));
            mapping.serialNames().forEach(name -> SERIALS.put(name, mapping.kind()));
        }
    }

    private SqlTypeNames() {}

    /**
     * The type that a name with arguments declares.
     *
     * <p>TIME(p) and TIMESTAMP(p) are accepted for p up to 6 and always keep microseconds. As in the KalamDB server, a
     * name of one word that ends in TEXT or STRING is TEXT.
     *
     * @param name type name of one or more words, for example {@code TIMESTAMP WITH TIME ZONE}
     * @param arguments the numbers in parentheses, empty if there are none
     * @throws KalamException INVALID_TYPE if there is no such type or the arguments do not fit it
     */
    public static DeclaredType resolve(String name, List<Integer> arguments) {
        String canonical = BLANKS.matcher(name.strip()).replaceAll(" ").toUpperCase(Locale.ROOT);
        TypeKind serial = SERIALS.get(canonical);
        if (serial != null) {
            requireArguments(canonical, arguments, 0);
            return new DeclaredType(ScalarType.of(serial), null, true);
        }
        TypeKind kind = KINDS.get(canonical);
        if (kind == null) {
            if (!endsLikeText(canonical)) {
                throw new KalamException(
                        ErrorCode.INVALID_TYPE,
                        "Unsupported type " + name.strip() + ", valid types are " + TypeMapping.validTypes());
            }
            kind = TypeKind.TEXT;
        }
        return declare(kind, canonical, arguments);
    }

    /** Every accepted name with the canonical name of its type, sorted by name; without the ends-in-TEXT rule. */
    public static Map<String, String> aliases() {
        Map<String, String> result = new TreeMap<>();
        KINDS.forEach((name, kind) -> result.put(name, kind.name()));
        SERIALS.forEach((name, kind) -> result.put(name, kind.name()));
        return Collections.unmodifiableMap(result);
    }

    private static DeclaredType declare(TypeKind kind, String name, List<Integer> arguments) {
        return switch (kind) {
            case TEXT, BYTES -> withLength(kind, name, arguments);
            case DECIMAL -> DeclaredType.plain(decimal(name, arguments));
            case EMBEDDING -> DeclaredType.plain(embedding(arguments));
            case FLOAT -> DeclaredType.plain(floating(name, arguments));
            case TIME, TIMESTAMP, DATETIME -> {
                requireFractionDigits(name, arguments);
                yield DeclaredType.plain(ScalarType.of(kind));
            }
            case BOOLEAN, SMALLINT, INT, BIGINT, DOUBLE, JSON, UUID, DATE -> {
                requireArguments(name, arguments, 0);
                yield DeclaredType.plain(ScalarType.of(kind));
            }
        };
    }

    private static DeclaredType withLength(TypeKind kind, String name, List<Integer> arguments) {
        requireArguments(name, arguments, 1);
        if (arguments.isEmpty()) {
            return new DeclaredType(ScalarType.of(kind), FIXED_LENGTH.contains(name) ? 1 : null, false);
        }
        int length = arguments.get(0);
        if (length < 1) {
            throw invalid("Invalid " + name + " length: must be at least 1, got: " + length);
        }
        return new DeclaredType(ScalarType.of(kind), length, false);
    }

    private static DecimalType decimal(String name, List<Integer> arguments) {
        requireArguments(name, arguments, 2);
        return switch (arguments.size()) {
            case 0 -> TypeTable.DEFAULT_DECIMAL;
            case 1 -> new DecimalType(arguments.get(0), 0);
            default -> new DecimalType(arguments.get(0), arguments.get(1));
        };
    }

    private static EmbeddingType embedding(List<Integer> arguments) {
        if (arguments.size() != 1) {
            throw invalid("Invalid EMBEDDING: exactly one dimension is required, as in EMBEDDING(384), got: "
                    + (arguments.isEmpty() ? "none" : arguments.size()));
        }
        return new EmbeddingType(arguments.get(0));
    }

    private static KalamDataType floating(String name, List<Integer> arguments) {
        requireArguments(name, arguments, name.equals("FLOAT") ? 1 : 0);
        if (arguments.isEmpty()) {
            return KalamDataType.FLOAT;
        }
        int bits = arguments.get(0);
        if (bits < 1 || bits > MAX_DOUBLE_BITS) {
            throw invalid("Invalid FLOAT precision: must be between 1 and " + MAX_DOUBLE_BITS + ", got: " + bits);
        }
        return bits <= MAX_FLOAT_BITS ? KalamDataType.FLOAT : KalamDataType.DOUBLE;
    }

    private static void requireFractionDigits(String name, List<Integer> arguments) {
        requireArguments(name, arguments, 1);
        if (!arguments.isEmpty() && (arguments.get(0) < 0 || arguments.get(0) > MAX_FRACTION_DIGITS)) {
            throw invalid("Invalid " + name + " precision: must be between 0 and " + MAX_FRACTION_DIGITS + ", got: "
                    + arguments.get(0));
        }
    }

    private static void requireArguments(String name, List<Integer> arguments, int max) {
        if (arguments.size() > max) {
            String allowed = max == 0 ? "no arguments" : max == 1 ? "at most one argument" : "at most two arguments";
            throw invalid("Invalid type " + name + ": it takes " + allowed + ", got: " + arguments.size());
        }
    }

    private static boolean endsLikeText(String name) {
        return name.indexOf(' ') < 0 && (name.endsWith("TEXT") || name.endsWith("STRING"));
    }

    private static KalamException invalid(String message) {
        return new KalamException(ErrorCode.INVALID_TYPE, message);
    }
}
