// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * A pattern of TO_CHAR, TO_DATE and TO_TIMESTAMP: PostgreSQL's fields, text in double quotes, and other characters as they
 * are. Names are English. Immutable.
 */
final class DatetimePattern {
    private static final int MAX_CACHED = 256;
    private static final Map<String, DatetimePattern> CACHE = new ConcurrentHashMap<>();

    /** Longer ones first where one is the start of another. */
    private static final List<String> FIELDS = List.of(
            "HH24", "HH12", "YYYY", "IYYY", "MONTH", "DDD", "DAY", "MON", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6",
            "HH", "MI", "SS", "MS", "US", "MM", "DD", "DY", "ID", "IW", "WW", "YY", "AM", "PM", "FM", "Q", "D");

    private final String pattern;
    private final List<Element> elements;

    /** @param field an upper-case field, or empty for {@code text} itself */
    private record Element(String field, String text) {
        boolean isField() {
            return !field.isEmpty();
        }
    }

    private DatetimePattern(String pattern) {
        this.pattern = pattern;
        this.elements = elements(pattern);
    }

    static DatetimePattern of(String pattern) {
        DatetimePattern cached = CACHE.get(pattern);
        if (cached != null) {
            return cached;
        }
        if (CACHE.size() >= MAX_CACHED) {
            CACHE.clear();
        }
        DatetimePattern parsed = new DatetimePattern(pattern);
        CACHE.put(pattern, parsed);
        return parsed;
    }

    private static List<Element> elements(String pattern) {
        List<Element> elements = new ArrayList<>();
        String upper = pattern.toUpperCase(Locale.ROOT);
        int position = 0;
        while (position < pattern.length()) {
            if (pattern.charAt(position) == '"') {
                int end = pattern.indexOf('"', position + 1);
                int stop = end < 0 ? pattern.length() : end;
                elements.add(new Element("", pattern.substring(position + 1, stop)));
                position = stop + 1;
                continue;
            }
            String field = fieldAt(upper, position);
            int length = Math.max(1, field.length());
            elements.add(new Element(field, pattern.substring(position, position + length)));
            position += length;
        }
        return List.copyOf(elements);
    }

    private static String fieldAt(String upper, int position) {
        for (String field : FIELDS) {
            if (upper.startsWith(field, position)) {
                return field;
            }
        }
        return "";
    }

    // Formatting

    String format(long timestamp) {
        StringBuilder out = new StringBuilder();
        boolean fill = true;
        for (Element element : elements) {
            if (element.field.equals("FM")) {
                fill = false;
            } else if (element.isField()) {
                append(out, element, timestamp, fill);
                fill = true;
            } else {
                out.append(element.text);
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Element element, long timestamp, boolean fill) {
        LocalDate date = LocalDate.ofEpochDay(Datetimes.dateOf(timestamp));
        switch (element.field) {
            case "YYYY" -> number(out, date.getYear(), 4, fill);
            case "IYYY" -> number(out, Datetimes.extract(DatetimeField.ISOYEAR, timestamp), 4, fill);
            case "YY" -> number(out, date.getYear() % 100, 2, fill);
            case "MM" -> number(out, date.getMonthValue(), 2, fill);
            case "DD" -> number(out, date.getDayOfMonth(), 2, fill);
            case "DDD" -> number(out, date.getDayOfYear(), 3, fill);
            case "D" -> number(out, Datetimes.extract(DatetimeField.DOW, timestamp), 1, fill);
            case "ID" -> number(out, date.getDayOfWeek().getValue(), 1, fill);
            case "Q" -> number(out, Datetimes.extract(DatetimeField.QUARTER, timestamp), 1, fill);
            case "IW" -> number(out, Datetimes.extract(DatetimeField.WEEK, timestamp), 2, fill);
            case "WW" -> number(out, (date.getDayOfYear() - 1) / 7 + 1, 2, fill);
            case "MONTH" ->
                name(out, element, date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH), fill ? 9 : 0);
            case "MON" -> name(out, element, date.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH), 0);
            case "DAY" ->
                name(out, element, date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH), fill ? 9 : 0);
            case "DY" -> name(out, element, date.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH), 0);
            case "AM", "PM" ->
                name(out, element, Datetimes.extract(DatetimeField.HOUR, timestamp) < 12 ? "AM" : "PM", 0);
            default -> appendTime(out, element.field, timestamp, fill);
        }
    }

    private static void appendTime(StringBuilder out, String field, long timestamp, boolean fill) {
        long hour = Datetimes.extract(DatetimeField.HOUR, timestamp);
        long micros = Math.floorMod(timestamp, Datetimes.MICROS_PER_SECOND);
        switch (field) {
            case "HH24" -> number(out, hour, 2, fill);
            case "HH", "HH12" -> number(out, (hour + 11) % 12 + 1, 2, fill);
            case "MI" -> number(out, Datetimes.extract(DatetimeField.MINUTE, timestamp), 2, fill);
            case "SS" -> number(out, Datetimes.extract(DatetimeField.SECOND, timestamp), 2, fill);
            case "MS" -> number(out, micros / 1000, 3, true);
            case "US" -> number(out, micros, 6, true);
            default -> {
                // FF1 to FF6
                int digits = field.charAt(2) - '0';
                number(out, micros / (long) Math.pow(10, 6 - digits), digits, true);
            }
        }
    }

    private static void number(StringBuilder out, long value, int width, boolean fill) {
        String digits = Long.toString(value);
        if (fill) {
            out.append("0".repeat(Math.max(0, width - digits.length())));
        }
        out.append(digits);
    }

    /** The name in the case in which the pattern writes the field. */
    private static void name(StringBuilder out, Element element, String name, int width) {
        String cased;
        if (element.text.equals(element.field)) {
            cased = name.toUpperCase(Locale.ROOT);
        } else if (Character.isLowerCase(element.text.charAt(0))) {
            cased = name.toLowerCase(Locale.ROOT);
        } else {
            cased = name;
        }
        out.append(cased).append(" ".repeat(Math.max(0, width - cased.length())));
    }

    // Parsing

    /** @throws KalamException INVALID_DATETIME if the text does not follow the pattern */
    long parse(String text) {
        Reader reader = new Reader(text);
        for (Element element : elements) {
            if (element.isField()) {
                read(reader, element.field);
            } else {
                reader.literal(element.text);
            }
        }
        if (reader.position < text.length()) {
            throw mismatch(text);
        }
        try {
            return reader.timestamp();
        } catch (DateTimeException e) {
            throw new KalamException(
                    ErrorCode.INVALID_DATETIME, "Invalid date or time '" + text + "': " + e.getMessage(), e);
        }
    }

    private void read(Reader reader, String field) {
        switch (field) {
            case "YYYY" -> reader.year = reader.number(4);
            case "YY" -> {
                int year = reader.number(2);
                reader.year = year < 70 ? 2000 + year : 1900 + year;
            }
            case "MM" -> reader.month = reader.number(2);
            case "DD" -> reader.day = reader.number(2);
            case "DDD" -> reader.dayOfYear = reader.number(3);
            case "MON" -> reader.month = reader.month(TextStyle.SHORT);
            case "MONTH" -> reader.month = reader.month(TextStyle.FULL);
            case "HH24" -> reader.hour = reader.number(2);
            case "HH", "HH12" -> {
                reader.hour = reader.number(2) % 12;
            }
            case "MI" -> reader.minute = reader.number(2);
            case "SS" -> reader.second = reader.number(2);
            case "MS", "FF3" -> reader.micros = reader.fraction(3);
            case "US", "FF6" -> reader.micros = reader.fraction(6);
            case "FF1", "FF2", "FF4", "FF5" -> reader.micros = reader.fraction(field.charAt(2) - '0');
            case "AM", "PM" ->
                reader.afternoon = reader.word().toUpperCase(Locale.ROOT).equals("PM");
            case "FM" -> {}
            default ->
                throw new KalamException(
                        ErrorCode.NOT_SUPPORTED,
                        "Unsupported field " + field + " for reading in pattern '" + pattern + "'");
        }
    }

    private KalamException mismatch(String text) {
        return new KalamException(
                ErrorCode.INVALID_DATETIME,
                "Invalid date or time '" + text + "': it does not follow '" + pattern + "'");
    }

    /** Text being read and what was found in it. */
    private final class Reader {
        private final String text;
        private int position;
        private int year = 1;
        private int month = 1;
        private int day = 1;
        private int dayOfYear;
        private int hour;
        private int minute;
        private int second;
        private long micros;
        private boolean afternoon;

        Reader(String text) {
            this.text = text;
        }

        void literal(String expected) {
            if (!text.startsWith(expected, position)) {
                throw mismatch(text);
            }
            position += expected.length();
        }

        int number(int maxDigits) {
            int end = position;
            while (end < text.length() && end - position < maxDigits && isDigit(text.charAt(end))) {
                end++;
            }
            if (end == position) {
                throw mismatch(text);
            }
            int value = Integer.parseInt(text, position, end, 10);
            position = end;
            return value;
        }

        long fraction(int maxDigits) {
            int start = position;
            long value = number(maxDigits);
            for (int digits = position - start; digits < Datetimes.MAX_PRECISION; digits++) {
                value *= 10;
            }
            return value;
        }

        String word() {
            int end = position;
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            String word = text.substring(position, end);
            position = end;
            return word;
        }

        int month(TextStyle style) {
            String name = word();
            for (Month candidate : Month.values()) {
                if (candidate.getDisplayName(style, Locale.ENGLISH).equalsIgnoreCase(name)) {
                    return candidate.getValue();
                }
            }
            throw mismatch(text);
        }

        long timestamp() {
            LocalDate date = dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
            ChronoField.HOUR_OF_DAY.checkValidValue(hour);
            ChronoField.MINUTE_OF_HOUR.checkValidValue(minute);
            ChronoField.SECOND_OF_MINUTE.checkValidValue(second);
            return Datetimes.timestampOf((int) date.toEpochDay())
                    + (hour + (afternoon ? 12 : 0)) * Datetimes.MICROS_PER_HOUR
                    + minute * Datetimes.MICROS_PER_MINUTE
                    + second * Datetimes.MICROS_PER_SECOND
                    + micros;
        }

        private static boolean isDigit(char character) {
            return character >= '0' && character <= '9';
        }
    }
}
