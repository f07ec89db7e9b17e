// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Rows on disk: the key-value store, the two tiers, table access and counters. Below it are what knows less: folders and their
 * locks ({@code folder}), RocksDB as a native library ({@code rocks}), encodings ({@code row}), the formats of segments ({@code
 * cold}) and access to files ({@code file}).
 */
@NullMarked
package org.kalamdb.storage;

import org.jspecify.annotations.NullMarked;
