package org.kalamdb.schema;

/** What makes a STREAM table drop rows. */
public enum EvictionStrategy {
    TIME_BASED,
    SIZE_BASED,
    HYBRID
}
