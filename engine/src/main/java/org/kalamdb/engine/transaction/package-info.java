// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The transactions of sessions, which span statements, and the branches of global transactions. What a transaction promises is
 * made in {@code org.kalamdb.transaction}; here is whose turn it is.
 */
@NullMarked
package org.kalamdb.engine.transaction;

import org.jspecify.annotations.NullMarked;
