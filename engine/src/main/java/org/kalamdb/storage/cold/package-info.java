// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Segments: immutable Parquet files of rows that have grown cold. Knows files and types; knows neither transactions nor
 * the key-value store.
 */
@NullMarked
package org.kalamdb.storage.cold;

import org.jspecify.annotations.NullMarked;
