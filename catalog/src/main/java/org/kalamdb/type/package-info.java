// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Types, their wire formats, and the one table that maps them to SQL, JDBC, Java, Arrow and Parquet. */
@NullMarked
package org.kalamdb.type;

import org.jspecify.annotations.NullMarked;
