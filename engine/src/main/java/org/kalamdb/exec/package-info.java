// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Running optimised plans. For now by Calcite's enumerable convention; everything outside sees {@link
 * org.kalamdb.exec.CompiledQuery} and column batches only.
 *
 * <p>While a query runs, a value is an <em>internal value</em>: the stored value of its type (see {@code
 * org.kalamdb.type.StoredValues}), except that BYTES are a {@code ByteString} and EMBEDDING is an {@code Embedding}, both
 * of which compare by content.
 */
@NullMarked
package org.kalamdb.exec;

import org.jspecify.annotations.NullMarked;
