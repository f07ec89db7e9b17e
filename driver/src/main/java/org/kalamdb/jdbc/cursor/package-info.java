// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Cursors over rows in memory, and over rows that a result set may change. */
@NullMarked
package org.kalamdb.jdbc.cursor;

import org.jspecify.annotations.NullMarked;
