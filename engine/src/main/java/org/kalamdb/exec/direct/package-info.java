// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Statements that are planned without validator and optimiser: {@link org.kalamdb.exec.direct.DirectPlanner} binds a simple
 * statement to its table, and {@link org.kalamdb.exec.direct.BoundQuery} runs the plan of a shape with the values of one query.
 * Knows no relational expressions.
 */
@NullMarked
package org.kalamdb.exec.direct;

import org.jspecify.annotations.NullMarked;
