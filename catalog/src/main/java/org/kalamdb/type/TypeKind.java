// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import org.jspecify.annotations.Nullable;

/** The sixteen kinds of {@link KalamDataType}, each with its wire tag and its canonical SQL name. */
public enum TypeKind {
    BOOLEAN(0x01),
    INT(0x02),
    BIGINT(0x03),
    DOUBLE(0x04),
    FLOAT(0x05),
    TEXT(0x06),
    TIMESTAMP(0x07),
    DATE(0x08),
    DATETIME(0x09),
    TIME(0x0A),
    JSON(0x0B),
    BYTES(0x0C),
    EMBEDDING(0x0D),
    UUID(0x0E),
    DECIMAL(0x0F),
    SMALLINT(0x10);

    private static final int TAGS = 0x11;
    private static final @Nullable TypeKind[] BY_TAG = new @Nullable TypeKind[TAGS];

    static {
        for (TypeKind kind : values()) {
            BY_TAG[kind.tag] = kind;
        }
    }

    private final byte tag;

    TypeKind(int tag) {
        this.tag = (byte) tag;
    }

    /** The first byte of the type's wire formats. */
    public byte tag() {
        return tag;
    }

    /** The kind with a wire tag, or null if none has it. */
    static @Nullable TypeKind findByTag(byte tag) {
        return tag >= 0 && tag < TAGS ? BY_TAG[tag] : null;
    }
}
