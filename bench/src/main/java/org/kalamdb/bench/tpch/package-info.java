// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** The 22 queries of TPC-H beside DuckDB. */
@NullMarked
package org.kalamdb.bench.tpch;

import org.jspecify.annotations.NullMarked;
