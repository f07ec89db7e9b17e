// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Rows in files of other programs: CSV, JSON and Parquet, read row by row and written batch by batch. Knows types and
 * batches; neither SQL nor tables.
 */
@NullMarked
package org.kalamdb.file;

import org.jspecify.annotations.NullMarked;
