// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The leaves of plans: what a filter and an order let a key or an index answer ({@link org.kalamdb.exec.scan.AccessPath}), and
 * the sources of rows, which are tables, files, literals and what a statement holds. Here are also the queries that are one scan
 * and nothing else. What computes with rows is elsewhere.
 */
@NullMarked
package org.kalamdb.exec.scan;

import org.jspecify.annotations.NullMarked;
