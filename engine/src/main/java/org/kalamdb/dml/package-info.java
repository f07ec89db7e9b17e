// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Statements that change rows. Each is planned as a query that answers the rows to write, and run by writing them: INSERT,
 * UPDATE, DELETE, MERGE, with ON CONFLICT and RETURNING.
 */
@NullMarked
package org.kalamdb.dml;

import org.jspecify.annotations.NullMarked;
