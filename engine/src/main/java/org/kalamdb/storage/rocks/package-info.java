// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * RocksDB as a native library: finding and loading it, its option objects, calls into it that do not outlive it, the bytes of its
 * batches, and what its failures mean. Knows neither tables nor the stores that are opened with it.
 */
@NullMarked
package org.kalamdb.storage.rocks;

import org.jspecify.annotations.NullMarked;
