// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

/** Who holds the lock of a key: one transaction by itself, or some that share it. Told apart by identity. */
sealed interface LockHolder permits Transaction, LockSharers {}
