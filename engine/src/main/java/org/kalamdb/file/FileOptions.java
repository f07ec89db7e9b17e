// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.file.CsvFormat.Header;
import org.kalamdb.storage.cold.PageCompression;

/** Options that say how a file is read or written, by their names in SQL. Confined to one thread. */
public final class FileOptions {
    private static final Map<String, String> ALIASES =
            Map.of("DELIM", "DELIMITER", "SEP", "DELIMITER", "NULLSTR", "NULL", "CODEC", "COMPRESSION");
    private static final Set<String> CSV = Set.of("HEADER", "DELIMITER", "QUOTE", "ESCAPE", "NULL", "ENCODING");
    private static final Set<String> JSON = Set.of("ENCODING");
    private static final Set<String> PARQUET = Set.of("COMPRESSION");

    /** Names of formats, which are also endings of files. */
    private enum Name {
        CSV,
        TSV,
        TXT,
        JSON,
        NDJSON,
        JSONL,
        PARQUET
    }

    private final String file;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param file whose ending says the format if no option does */
    public FileOptions(String file) {
        this.file = file;
    }

    /**
     * Sets an option.
     *
     * @param name in any case
     * @param value its text
     * @throws KalamException INVALID_OPTION if it is set already
     */
    public void set(String name, String value) {
        String upper = name.toUpperCase(Locale.ROOT);
        String known = ALIASES.getOrDefault(upper, upper);
        if (values.putIfAbsent(known, value) != null) {
            throw new KalamException(ErrorCode.INVALID_OPTION, "Option " + known + " is given twice");
        }
    }

    /**
     * The format that the options describe. A delimiter or header that they do not name is left to find out.
     *
     * @throws KalamException INVALID_OPTION
     */
    public FileFormat format() {
        Name name = name();
        return switch (name) {
            case CSV, TSV, TXT -> csv(name == Name.TSV);
            case JSON, NDJSON, JSONL -> {
                requireKnown(name, JSON);
                yield new JsonFormat(charset());
            }
            case PARQUET -> {
                requireKnown(name, PARQUET);
                yield new ParquetFormat(compression());
            }
        };
    }

    private Name name() {
        String given = values.get("FORMAT");
        if (given == null) {
            String lower = file.toLowerCase(Locale.ROOT);
            for (Name name : Name.values()) {
                if (lower.endsWith("." + name.name().toLowerCase(Locale.ROOT))) {
                    return name;
                }
            }
            throw new KalamException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot tell the format of file " + file
                            + " by its ending: say FORMAT csv, FORMAT json or FORMAT parquet");
        }
        return switch (given.toUpperCase(Locale.ROOT)) {
            case "CSV" -> Name.CSV;
            case "JSON", "NDJSON" -> Name.JSON;
            case "PARQUET" -> Name.PARQUET;
            default -> throw invalid("FORMAT", given, "it must be csv, json or parquet");
        };
    }

    private void requireKnown(Name format, Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name) && !name.equals("FORMAT")) {
                throw new KalamException(
                        ErrorCode.INVALID_OPTION,
                        "Option " + name + " does not apply to a " + format + " file, which has: "
                                + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    private CsvFormat csv(boolean tabs) {
        requireKnown(Name.CSV, CSV);
        Character delimiter = character("DELIMITER", tabs ? Character.valueOf('\t') : null);
        char quote = given("QUOTE", '"');
        char escape = given("ESCAPE", quote);
        String nullText = values.getOrDefault("NULL", "");
        if (delimiter != null && (delimiter == quote || delimiter == escape)) {
            throw invalid("DELIMITER", delimiter.toString(), "it must differ from QUOTE and ESCAPE");
        }
        if (nullText.indexOf('\n') >= 0 || nullText.indexOf('\r') >= 0 || nullText.indexOf(quote) >= 0) {
            throw invalid("NULL", nullText, "it must have neither line ends nor the quote");
        }
        if (delimiter != null && nullText.indexOf(delimiter) >= 0) {
            throw invalid("NULL", nullText, "it must not have the delimiter");
        }
        return new CsvFormat(header(), delimiter, quote, escape, nullText, charset());
    }

    private char given(String name, char otherwise) {
        Character value = character(name, otherwise);
        return value == null ? otherwise : value;
    }

    private @Nullable Character character(String name, @Nullable Character otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        String text = value.equals("\\t") ? "\t" : value;
        if (text.length() != 1 || text.equals("\n") || text.equals("\r") || Character.isSurrogate(text.charAt(0))) {
            throw invalid(name, value, "it must be one character");
        }
        return text.charAt(0);
    }

    private Header header() {
        String value = values.get("HEADER");
        if (value == null) {
            return Header.GUESS;
        }
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "TRUE", "ON", "YES", "1" -> Header.SKIP;
            case "FALSE", "OFF", "NO", "0" -> Header.NONE;
            case "MATCH" -> Header.MATCH;
            default -> throw invalid("HEADER", value, "it must be TRUE, FALSE or MATCH");
        };
    }

    private Charset charset() {
        String value = values.get("ENCODING");
        if (value == null || value.equalsIgnoreCase("UTF8")) {
            return UTF_8;
        }
        try {
            return Charset.forName(value.equalsIgnoreCase("LATIN1") ? "ISO-8859-1" : value);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new KalamException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid value of option ENCODING: it must be the name of an encoding, such as UTF8 or LATIN1, got: "
                            + value,
                    e);
        }
    }

    private PageCompression compression() {
        String value = values.get("COMPRESSION");
        if (value == null) {
            return PageCompression.ZSTD;
        }
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "NONE", "UNCOMPRESSED" -> PageCompression.UNCOMPRESSED;
            case "SNAPPY" -> PageCompression.SNAPPY;
            case "GZIP" -> PageCompression.GZIP;
            case "LZ4", "LZ4_RAW" -> PageCompression.LZ4;
            case "ZSTD" -> PageCompression.ZSTD;
            default -> throw invalid("COMPRESSION", value, "it must be none, snappy, gzip, lz4 or zstd");
        };
    }

    private static KalamException invalid(String name, String value, String rule) {
        return new KalamException(
                ErrorCode.INVALID_OPTION, "Invalid value of option " + name + ": " + rule + ", got: " + value);
    }
}
