package org.kalamdb.schema;

/**
 * A column numbered by the engine. Immutable.
 *
 * @param always whether an explicit value is refused (GENERATED ALWAYS) or wins (BY DEFAULT, AUTO_INCREMENT)
 * @param start first number given
 * @param increment distance between numbers, not 0
 */
public record IdentityDefinition(boolean always, long start, long increment) {}
