// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.file.CsvFormat.Header;
import org.kalamdb.type.KalamDataType;

/** Finds out what a CSV file does not say: its delimiter, whether it has a header, its columns. Confined to one thread. */
final class CsvSniffer {
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    /** Lines that decide about the delimiter. */
    private static final int DELIMITER_LINES = 100;

    private final CsvFormat format;
    private final Path file;
    private final long sampleRows;

    CsvSniffer(CsvFormat format, Path file, long sampleRows) {
        this.format = format;
        this.file = file;
        this.sampleRows = sampleRows;
    }

    FileShape shape() {
        CsvFormat delimited = format.with(format.header(), delimiter());
        List<@Nullable String> first;
        List<TypeGuess> guesses = new ArrayList<>();
        Set<String> firstColumnValues = new HashSet<>();
        try (CsvLines lines = new CsvLines(delimited, file)) {
            if (!lines.next()) {
                throw new KalamException(
                        ErrorCode.INVALID_FILE_FORMAT,
                        "Cannot tell the columns of file " + file + ": it is empty; copy it to a table instead");
            }
            first = fields(lines);
            first.forEach(field -> guesses.add(new TypeGuess()));
            for (long row = 0; row < sampleRows && lines.next(); row++) {
                add(lines, guesses);
                if (lines.width() > 0) {
                    firstColumnValues.add(String.valueOf(lines.text(0)));
                }
            }
        }
        boolean header = isHeader(first, guesses, firstColumnValues);
        if (!header) {
            add(first, guesses);
        }
        return new FileShape(
                delimited.with(header ? Header.SKIP : Header.NONE, delimited.delimiterOrDefault()),
                columns(header ? first : null, guesses));
    }

    private static List<@Nullable String> fields(CsvLines lines) {
        List<@Nullable String> fields = new ArrayList<>();
        for (int i = 0; i < lines.width(); i++) {
            fields.add(lines.text(i));
        }
        if (fields.isEmpty()) {
            fields.add(null);
        }
        return fields;
    }

    private static void add(CsvLines lines, List<TypeGuess> guesses) {
        if (lines.width() == 0) {
            return;
        }
        if (lines.width() != guesses.size()) {
            throw lines.place()
                    .malformed(
                            "Row has " + lines.width() + " values instead of " + guesses.size()
                                    + ", as many as the first line",
                            null);
        }
        for (int i = 0; i < guesses.size(); i++) {
            String text = lines.text(i);
            if (text != null) {
                guesses.get(i).add(text);
            }
        }
    }

    private static void add(List<@Nullable String> fields, List<TypeGuess> guesses) {
        for (int i = 0; i < guesses.size(); i++) {
            String text = fields.get(i);
            if (text != null) {
                guesses.get(i).add(text);
            }
        }
    }

    private char delimiter() {
        if (format.delimiter() != null) {
            return format.delimiter();
        }
        char best = CsvFormat.DEFAULT_DELIMITER;
        int bestWidth = 1;
        for (char candidate : DELIMITERS) {
            int width = steadyWidth(candidate);
            if (width > bestWidth) {
                best = candidate;
                bestWidth = width;
            }
        }
        return best;
    }

    /** How many fields every line has with a delimiter; 0 if they differ. */
    private int steadyWidth(char delimiter) {
        int width = 0;
        try (CsvLines lines = new CsvLines(format.with(format.header(), delimiter), file)) {
            for (int i = 0; i < DELIMITER_LINES && lines.next(); i++) {
                if (width == 0) {
                    width = lines.width();
                } else if (lines.width() != width && lines.width() != 0) {
                    return 0;
                }
            }
        } catch (KalamException e) {
            if (e.code() != ErrorCode.INVALID_FILE_FORMAT) {
                throw e;
            }
            return 0;
        }
        return width;
    }

    /** The first line is a header if a value of it is none of its column's, or if nothing but texts could be one. */
    private boolean isHeader(List<@Nullable String> first, List<TypeGuess> guesses, Set<String> firstColumnValues) {
        if (format.header() != Header.GUESS) {
            return format.header() != Header.NONE;
        }
        Set<String> names = new HashSet<>();
        for (String field : first) {
            if (field == null || field.isBlank() || !names.add(field)) {
                return false;
            }
        }
        boolean onlyTexts = true;
        for (int i = 0; i < guesses.size(); i++) {
            if (guesses.get(i).type() != KalamDataType.TEXT) {
                onlyTexts = false;
                if (!guesses.get(i).wouldAccept(first.get(i) == null ? "" : first.get(i))) {
                    return true;
                }
            }
        }
        return onlyTexts
                && first.stream().noneMatch(field -> new TypeGuess().wouldAccept(field == null ? "" : field))
                && !firstColumnValues.contains(String.valueOf(first.get(0)));
    }

    private static List<FileColumn> columns(@Nullable List<@Nullable String> header, List<TypeGuess> guesses) {
        List<FileColumn> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < guesses.size(); i++) {
            String given = header == null ? null : header.get(i);
            String name = given == null || given.isBlank() ? "column" + i : given;
            for (int copy = 1; !names.add(name); copy++) {
                name = given + "_" + copy;
            }
            columns.add(new FileColumn(name, guesses.get(i).type()));
        }
        return columns;
    }
}
