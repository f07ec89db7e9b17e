// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * SQL functions: their declarations for the validator and the pure Java methods that compute them.
 *
 * <p>While a query runs, a value is an <em>internal value</em>: the stored value of its type (see {@code
 * org.kalamdb.type.StoredValues}), except that BYTES are a {@code ByteString} and EMBEDDING is an {@code Embedding}, both
 * of which compare by content. {@link org.kalamdb.function.InternalValues} converts.
 *
 * <p>Classes whose methods are called by generated code are public for that reason alone.
 */
@NullMarked
package org.kalamdb.function;

import org.jspecify.annotations.NullMarked;
