// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

/**
 * A statement and how many parameters it takes. Immutable.
 *
 * @param statement the statement; its {@code SqlDynamicParam}s are numbered from 0
 * @param parameterCount the number of values to bind: of all {@code ?}, or the greatest n of all {@code $n}
 */
public record ParsedStatement(Statement statement, int parameterCount) {}
