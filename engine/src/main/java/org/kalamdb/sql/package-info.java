// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** SQL text to statements: the statement model and the parser. Queries and expressions stay Calcite's {@code SqlNode}s. */
@NullMarked
package org.kalamdb.sql;

import org.jspecify.annotations.NullMarked;
