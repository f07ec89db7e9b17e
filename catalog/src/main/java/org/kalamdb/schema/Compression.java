// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

/** Compression of a table's cold segments. */
public enum Compression {
    NONE,
    SNAPPY,
    LZ4,
    ZSTD
}
