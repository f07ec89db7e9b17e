// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Secondary indexes: entries that map index keys to row keys.
 *
 * <p>An entry names a row by its key, never by where it lies, and is written in the transaction that writes the row, so
 * that the two agree in every snapshot. Its key is the index's number, the user where rows belong to users, and the
 * indexed values in an order-preserving encoding, NULL after everything else; the key of an entry that is not unique ends
 * with the row key.
 */
@NullMarked
package org.kalamdb.index;

import org.jspecify.annotations.NullMarked;
