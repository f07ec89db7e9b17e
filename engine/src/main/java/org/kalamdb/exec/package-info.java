// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What everything outside knows of running queries: a {@link org.kalamdb.exec.CompiledQuery} and its kinds, the {@link
 * org.kalamdb.exec.QueryContext} of a run, what a {@link org.kalamdb.exec.QueryProfile} measures of it, and how EXPLAIN
 * shows it. Nothing here makes a query: {@code exec.direct} makes those of simple statements, {@code exec.columnar} those of
 * optimised plans.
 */
@NullMarked
package org.kalamdb.exec;

import org.jspecify.annotations.NullMarked;
