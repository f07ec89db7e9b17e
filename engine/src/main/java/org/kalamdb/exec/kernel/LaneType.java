// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** How the values of a lane are held, and which class an internal value of it has. */
public enum LaneType {
    /** 0 or 1; Boolean. */
    BOOLEAN,
    /** Short. */
    SMALLINT,
    /** Integer; also dates. */
    INT,
    /** Long; also times, timestamps and intervals. */
    BIGINT,
    /** Float. */
    FLOAT,
    /** Double. */
    DOUBLE,
    /** BigDecimal. */
    DECIMAL,
    /** UTF-8; String. */
    TEXT,
    /** ByteString. */
    BYTES,
    /** Embedding. */
    EMBEDDING,
    /** Anything else. */
    OBJECT;

    /** Whether a {@link LongLane} holds it. */
    public boolean isLong() {
        return this == BOOLEAN || isInteger();
    }

    /** Whether it is a whole number. */
    public boolean isInteger() {
        return this == SMALLINT || this == INT || this == BIGINT;
    }

    /** Whether a {@link DoubleLane} holds it. */
    public boolean isDouble() {
        return this == FLOAT || this == DOUBLE;
    }
}
