// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.regex.Matcher;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * When hot rows of a table move to cold segments. In SQL it is text of the form {@code rows:N}, {@code interval:S} or
 * {@code rows:N,interval:S}. Immutable.
 */
public sealed interface FlushPolicy {
    /** Most hot rows that a policy may wait for. */
    int MAX_ROWS = 999_999;

    /** Longest time between flushes, in seconds. */
    int MAX_SECONDS = 86_399;

    /**
     * By number of rows.
     *
     * @param rows hot rows that trigger a flush, 1 to 999,999
     */
    record RowLimit(int rows) implements FlushPolicy {
        public RowLimit {
            requireRows(rows);
        }

        @Override
        public String toString() {
            return "rows:" + rows;
        }
    }

    /**
     * By time.
     *
     * @param seconds time between flushes, 1 to 86,399
     */
    record TimeInterval(int seconds) implements FlushPolicy {
        public TimeInterval {
            requireSeconds(seconds);
        }

        @Override
        public String toString() {
            return "interval:" + seconds;
        }
    }

    /**
     * Whichever comes first.
     *
     * @param rows as in {@link RowLimit}
     * @param seconds as in {@link TimeInterval}
     */
    record Combined(int rows, int seconds) implements FlushPolicy {
        public Combined {
            requireRows(rows);
            requireSeconds(seconds);
        }

        @Override
        public String toString() {
            return "rows:" + rows + ",interval:" + seconds;
        }
    }

    /** The SQL text form, which {@link #parse} reads. */
    @Override
    String toString();

    /** What a table gets that asks for flushing without saying when: every 10,000 rows. */
    static FlushPolicy defaultPolicy() {
        // No constant: the interface and its variants would wait for each other's initialization.
        return new RowLimit(10_000);
    }

    /**
     * Reads the SQL text form; case and blanks do not matter.
     *
     * @throws KalamException INVALID_OPTION if it has another form or a number is out of range
     */
    static FlushPolicy parse(String text) {
        Matcher matcher = FlushPolicyText.PATTERN.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new KalamException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid flush policy: must be 'rows:N', 'interval:S' or 'rows:N,interval:S', got: '" + text + "'");
        }
        String rows = matcher.group("rows");
        String seconds = matcher.group("seconds") != null ? matcher.group("seconds") : matcher.group("interval");
        if (rows == null) {
            return new TimeInterval(FlushPolicyText.number(seconds));
        }
        return seconds == null
                ? new RowLimit(FlushPolicyText.number(rows))
                : new Combined(FlushPolicyText.number(rows), FlushPolicyText.number(seconds));
    }

    /** The JSON form, tagged by {@code type}: {@code row_limit}, {@code time_interval} or {@code combined}. */
    default ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (this instanceof RowLimit limit) {
            return json.put("type", "row_limit").put("row_limit", limit.rows());
        }
        if (this instanceof TimeInterval interval) {
            return json.put("type", "time_interval").put("interval_seconds", interval.seconds());
        }
        Combined combined = (Combined) this;
        return json.put("type", "combined")
                .put("row_limit", combined.rows())
                .put("interval_seconds", combined.seconds());
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws KalamException DATA_CORRUPTED if the tag is unknown, INVALID_OPTION if a number is out of range
     */
    static FlushPolicy fromJson(JsonNode json) {
        int rows = json.path("row_limit").asInt();
        int seconds = json.path("interval_seconds").asInt();
        String type = json.path("type").asText();
        return switch (type) {
            case "row_limit" -> new RowLimit(rows);
            case "time_interval" -> new TimeInterval(seconds);
            case "combined" -> new Combined(rows, seconds);
            default ->
                throw new KalamException(ErrorCode.DATA_CORRUPTED, "Unknown type of flush policy: '" + type + "'");
        };
    }

    private static void requireRows(int rows) {
        if (rows < 1 || rows > MAX_ROWS) {
            throw Definitions.invalidOption(
                    "Invalid flush policy: rows must be between 1 and " + MAX_ROWS + ", got: " + rows);
        }
    }

    private static void requireSeconds(int seconds) {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw Definitions.invalidOption("Invalid flush policy: interval must be between 1 and " + MAX_SECONDS
                    + " seconds, got: " + seconds);
        }
    }
}
