package org.kalamdb.schema;

/** When hot rows of a table move to cold segments. Immutable. */
public sealed interface FlushPolicy {
    /** @param rows hot rows that trigger a flush, 1 to 999,999 */
    record RowLimit(int rows) implements FlushPolicy {}

    /** @param seconds time between flushes, 1 to 86,399 */
    record TimeInterval(int seconds) implements FlushPolicy {}

    /** Whichever comes first. */
    record Combined(int rows, int seconds) implements FlushPolicy {}
}
