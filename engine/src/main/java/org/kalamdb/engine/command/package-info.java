// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Statements that are neither queries nor changes of rows or definitions: BACKUP, RESTORE, STORAGE, CHECK and ANALYZE. Each runs
 * on an open database and answers rows. Transactions and settings of sessions are not commands in this sense.
 */
@NullMarked
package org.kalamdb.engine.command;

import org.jspecify.annotations.NullMarked;
